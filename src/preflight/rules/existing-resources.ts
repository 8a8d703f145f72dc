import { type Finding, finding } from '../../deployment/plan/finding.ts';
import type { Rule } from './rule.ts';

/** Whether what the request names as existing is there, and ready. */
export const existingResourcesRule: Rule = {
  question: 'the existing resources can be used',
  async check({ deployment: { existing }, registry, vault }) {
    const [foundRegistry, foundVault] = await Promise.all([
      existing?.registryId === undefined ? undefined : registry(),
      existing?.keyVaultId === undefined ? undefined : vault(),
    ]);
    return [
      ...unusable('registry', existing?.registryId, foundRegistry && (foundRegistry.provisioningState ?? 'Succeeded')),
      ...unusable(
        'key-vault',
        existing?.keyVaultId,
        foundVault && (foundVault.properties.provisioningState ?? 'Succeeded'),
      ),
    ];
  },
};

const unusable = (step: string, id: string | undefined, state: string | undefined): Finding[] => {
  if (id === undefined) return [];
  if (state === undefined) return [finding('existing-resource-unusable', `${id} does not exist.`, step)];
  if (!/^(failed|canceled)$/i.test(state)) return [];
  return [finding('existing-resource-unusable', `${id} is in the state ${state}.`, step)];
};
