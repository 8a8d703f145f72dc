import { z } from 'zod';
import { TABLE } from '../deployment/az/az-lines.ts';
import { cluster } from './cluster.ts';
import { defineStep } from './define-step.ts';
import { resourceValue } from './input-fields.ts';
import { registryGroupOf } from './input-parts.ts';
import { registry } from './registry.ts';

/** The nodes' right to pull from the registry. */
export const acrPull = defineStep({
  name: 'acr-pull',
  summary: 'Lets the nodes pull images from the registry.',
  uses: { cluster, registry },
  // The cluster pulls from the registry as long as it lives: an undo that stops before it takes nothing from it.
  outlives: cluster,
  input: z.object({ subscriptionId: z.string(), registryId: z.string(), principalId: z.string() }),
  value: resourceValue,
  from: (deployment, used) => ({
    subscriptionId: registryGroupOf(deployment).subscriptionId,
    registryId: used.registry.id,
    principalId: used.cluster.kubeletObjectId,
  }),
  unknown: { cluster: 'the kubelet identity', registry: 'who has access' },
  usualSeconds: { create: 4 },
  deadlineMinutes: 30,
  actions: [
    {
      action: 'Microsoft.Authorization/roleAssignments/read',
      why: 'whether a role is assigned already, to the cluster or to the service itself',
      needed: 'always',
    },
    {
      action: 'Microsoft.Authorization/roleAssignments/write',
      why: 'lets the cluster pull from the registry; on an existing subnet lets it make load balancers',
      needed: 'write',
    },
  ],
  resourceId: registry.resourceId,
  actsOn: (deployment) => [registry.resourceId(deployment), cluster.resourceId(deployment)],
  commandOrder: 9,
  commands: () => ({
    create: [
      `az role assignment create --assignee \${KUBELET_IDENTITY} --role "AcrPull" --scope \${MY_ACR_REGISTRY_ID} ${TABLE}`,
    ],
  }),
});
