import { z } from 'zod';
import { lockCommands } from '../deployment/az/az-lock-commands.ts';
import { storedDeploymentSchema } from '../deployment/run/stored/stored-deployment.ts';
import { connect } from './connect.ts';
import { defineOptionalStep } from './define-step.ts';
import { resourceGroup } from './resource-group.ts';

/** The management lock that the request asks for. */
export const lock = defineOptionalStep({
  name: 'lock',
  summary: 'Locks the resource group, or each resource of its own in a group of somebody else.',
  when: ({ lock: level }) => level !== undefined,
  dependsOn: [connect],
  input: z.object({ subscriptionId: z.string(), deployment: storedDeploymentSchema, level: z.string() }),
  value: z.object({}),
  from({ tenantId: _, ...deployment }) {
    const { subscriptionId, lock: level = 'CanNotDelete' } = deployment;
    return { subscriptionId, deployment, level };
  },
  usualSeconds: { create: 2 },
  deadlineMinutes: 20,
  actions: [{ action: 'Microsoft.Authorization/locks/write', why: 'with `lock` only: sets it', needed: 'write' }],
  resourceId: resourceGroup.resourceId,
  // It locks what carries the deployment's own tag, and nothing else.
  actsOn: () => [],
  commandOrder: 12,
  commands: (deployment, { planned, creating }) => ({
    create: lockCommands(
      deployment,
      planned?.resourceId,
      creating.map((step) => step.resourceId(deployment)),
    ),
  }),
});
