import { AzureOperationError } from '../../azure/failures/azure-failure.ts';
import { readRegistryCredentials, UNREADABLE } from '../../azure/registries/read-registry-credentials.ts';
import type { RegistryCredentials } from '../../deployment/names/registry-credentials.ts';
import { type Finding, finding } from '../../deployment/plan/finding.ts';
import type { Rule } from './rule.ts';

/** The values are dropped at once: each import reads them again. */
export const registryCredentialsRule: Rule = {
  question: 'the credentials of the source registries can be read',
  async check({ deployment: { registryCredentials = [] } }) {
    return (await Promise.all(registryCredentials.map(checkCredentials))).flat();
  },
};

const checkCredentials = async (credentials: RegistryCredentials): Promise<Finding[]> => {
  try {
    await readRegistryCredentials(credentials);
    return [];
  } catch (error) {
    if (!(error instanceof AzureOperationError) || error.failure.code !== UNREADABLE) throw error;
    return [finding('registry-credentials-unreadable', error.failure.message, 'image')];
  }
};
