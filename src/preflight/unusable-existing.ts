import { type Finding, finding } from '../deployment/plan/finding.ts';

/** The finding that what the request names in `existing` is not there, or cannot be used. */
export const unusableExisting = (
  name: 'registryId' | 'keyVaultId' | 'subnetId',
  message: string,
  step: string,
): Finding => ({
  ...finding('existing-resource-unusable', message, step),
  field: `existing.${name}`,
});
