import { currentExchange } from '../../azure/exchange.ts';
import { toAzureFailure } from '../../azure/failures/azure-failure.ts';
import { classifyFailure } from '../../azure/failures/classify-failure.ts';
import type { Finding } from '../../deployment/plan/finding.ts';
import type { Deployment } from '../../deployment/request/resolve-deployment.ts';
import { unusableExisting } from '../unusable-existing.ts';
import type { Rule } from './rule.ts';

/** Whether what the request names as existing is there, and ready. */
export const existingResourcesRule: Rule = {
  question: 'the existing resources can be used',
  async check({ deployment: { existing }, registry, vault }) {
    const findings = await Promise.all([
      unusable('registry', 'registryId', existing, async () => {
        const found = await registry();
        return found && (found.provisioningState ?? 'Succeeded');
      }),
      unusable('key-vault', 'keyVaultId', existing, async () => {
        const found = await vault();
        return found && (found.properties.provisioningState ?? 'Succeeded');
      }),
    ]);
    return findings.flat();
  },
};

const unusable = async (
  step: string,
  name: 'registryId' | 'keyVaultId',
  existing: Deployment['existing'],
  readState: () => Promise<string | undefined>,
): Promise<Finding[]> => {
  const id = existing?.[name];
  if (id === undefined) return [];
  const because = (reason: string) => [unusableExisting(name, `${id} ${reason}`, step)];
  try {
    const state = await readState();
    if (state === undefined) return because('does not exist.');
    return /^(failed|canceled)$/i.test(state) ? because(`is in the state ${state}.`) : [];
  } catch (error) {
    const failure = toAzureFailure(error, currentExchange());
    const { code, status = 0, message } = failure;
    // The service has no right to it, or it is in another tenant; whatever else is wrong may not be the id's fault.
    if (status < 400 || status >= 500 || classifyFailure(failure).class !== 'permanent') throw error;
    return because(`cannot be read by the service: ${code}: ${message}`);
  }
};
