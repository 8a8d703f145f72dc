import { armClients } from '../../azure/arm-clients.ts';
import { finding } from '../../deployment/plan/finding.ts';
import type { Rule } from './rule.ts';

/** Azure says "taken" for a registry of one's own too, so that one is read first. */
export const registryName: Rule = {
  question: "the registry's name is free",
  async check({ deployment, registry }) {
    if (deployment.existing?.registryId !== undefined || (await registry())) return [];
    const { registries } = armClients(deployment.subscriptionId).registries;
    const type = 'Microsoft.ContainerRegistry/registries';
    const { nameAvailable } = await registries.checkNameAvailability({ name: deployment.registryName, type });
    if (nameAvailable !== false) return [];
    return [
      finding('registry-name-taken', `Somebody else has a registry called ${deployment.registryName}.`, 'registry'),
    ];
  },
};
