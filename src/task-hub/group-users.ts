import { z } from 'zod';
import { deploymentInstancePrefix, undoInstancePrefix } from '../deployment/names/instance-ids.ts';
import { isSameGroup } from '../deployment/names/same-group.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { ACTIVE_STATUSES, type TaskHub } from './task-hub.ts';

/** Somebody else in the resource group. */
export interface GroupUser {
  readonly id: string;
  readonly doing: 'running' | 'being deleted';
}

/** The part that the inputs of a deployment and of its undo share. */
const inputSchema = z.object({
  deployment: z.object({ id: z.string(), subscriptionId: z.string(), resourceGroupName: z.string() }),
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
    ...undos.map(({ input }) => ({ input, doing: 'being deleted' as const })),
    ...deployments.map(({ input }) => ({ input, doing: 'running' as const })),
  ];
  for (const { input, doing } of users) {
    const other = inputSchema.safeParse(input).data?.deployment;
    if (other && other.id !== deployment.id && isSameGroup(other, deployment)) return { id: other.id, doing };
  }
  return undefined;
};
