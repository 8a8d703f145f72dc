import { z } from 'zod';
import { deploymentInstancePrefix, identityOfInstance, undoInstancePrefix } from '../deployment/names/instance-ids.ts';
import { isSameGroup } from '../deployment/names/same-group.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { ACTIVE_STATUSES, type TaskHub } from './task-hub.ts';

/** Somebody else in the resource group. */
export interface GroupUser {
  readonly id: string;
  readonly doing: 'running' | 'being deleted';
}

/** The part that the inputs of a deployment and of its undo share, whichever release stored them. */
const inputSchema = z.looseObject({
  deployment: z.looseObject({ subscriptionId: z.string(), resourceGroupName: z.string() }),
});

/**
 * Another deployment that is running, waiting or being deleted in the same resource group: two at once would undo each other's work.
 *
 * @returns undefined when the group is free.
 */
export const findGroupUser = async (
  hub: TaskHub,
  deployment: Pick<Deployment, 'id' | 'subscriptionId' | 'resourceGroupName'>,
): Promise<GroupUser | undefined> => {
  const active = { runtimeStatus: ACTIVE_STATUSES, showInput: true };
  const [deployments, undos] = await Promise.all([
    hub.list(deploymentInstancePrefix, active),
    hub.list(undoInstancePrefix, active),
  ]);
  const users = [
    ...undos.map((undo) => ({ ...undo, doing: 'being deleted' as const })),
    ...deployments.map((each) => ({ ...each, doing: 'running' as const })),
  ];
  for (const { instanceId, input, doing } of users) {
    const id = identityOfInstance(instanceId)?.id;
    const other = inputSchema.safeParse(input).data?.deployment;
    if (id !== undefined && other && id !== deployment.id && isSameGroup(other, deployment)) return { id, doing };
  }
  return undefined;
};
