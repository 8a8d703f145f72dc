import { z } from 'zod';
import { command, groupFlag, readInto, TABLE } from '../deployment/az/az-lines.ts';
import { flag, tagFlags } from '../deployment/az/az-words.ts';
import { hardenedRegistry } from '../deployment/profile/hardening.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import { defineStep } from './define-step.ts';
import { hardenedField, keptByOthersField, placeFields } from './input-fields.ts';
import { hardenedOf, placeOf, registryGroupOf } from './input-parts.ts';
import { resourceGroup } from './resource-group.ts';

/** The container registry for Airflow's images. */
export const registry = defineStep({
  name: 'registry',
  summary: 'Creates the container registry.',
  dependsOn: [resourceGroup],
  input: z.object({
    ...placeFields,
    registryName: z.string(),
    keptByOthers: keptByOthersField,
    hardened: hardenedField,
  }),
  value: z.object({ id: z.string(), loginServer: z.string() }),
  from: (deployment) => ({
    ...placeOf(deployment),
    ...registryGroupOf(deployment),
    registryName: deployment.registryName,
    ...hardenedOf(deployment),
    ...(deployment.existing?.registryId !== undefined && { keptByOthers: true }),
  }),
  usualSeconds: { create: 25, update: 8 },
  deadlineMinutes: 30,
  actions: [
    {
      action: 'Microsoft.ContainerRegistry/registries/operationStatuses/read',
      why: 'why a creation failed',
    },
    {
      action: 'Microsoft.ContainerRegistry/registries/read',
      why: 'reads it',
      needed: ({ ownRegistry }) => ownRegistry,
    },
    {
      action: 'Microsoft.ContainerRegistry/registries/write',
      why: 'creates, changes or repairs it',
      needed: 'write',
    },
  ],
  resource: {
    type: 'Microsoft.ContainerRegistry/registries',
    apiVersion: '2025-11-01',
    nameIn: ({ registryName }) => registryName,
    existingIn: ({ existing }) => existing?.registryId,
    deleteSeconds: 15,
    policyContent: (deployment) => ({
      sku: { name: 'Premium' },
      properties: {
        adminUserEnabled: true,
        anonymousPullEnabled: false,
        ...(isHardened(deployment) && hardenedRegistry),
      },
    }),
  },
  actsOn: (deployment) => (deployment.existing?.registryId === undefined ? [resourceGroup.resourceId(deployment)] : []),
  commandOrder: 4,
  commands: (deployment) => {
    const name = flag('name', deployment.registryName);
    return {
      create: [
        command(
          'az acr create',
          name,
          groupFlag(deployment),
          '--sku Premium',
          flag('location', deployment.location),
          flag('admin-enabled', `${!isHardened(deployment)}`),
          tagFlags(deployment.tags),
          TABLE,
        ),
      ],
      reads: [
        readInto(
          'MY_ACR_REGISTRY_ID',
          `az acr show ${name} ${flag('resource-group', registryGroupOf(deployment).resourceGroupName)} --query id`,
        ),
      ],
    };
  },
  updates: {
    adminUserEnabled: ({ registryName }) => `az acr update ${flag('name', registryName)} --admin-enabled false`,
  },
  outputs: ({ registryName }, { id, loginServer }) => ({
    MY_ACR_REGISTRY: registryName,
    MY_ACR_REGISTRY_ID: id,
    MY_ACR_LOGIN_SERVER: loginServer,
  }),
});
