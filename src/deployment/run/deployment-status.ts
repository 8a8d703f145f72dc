import type { Approval } from './approval.ts';
import { runIdOf, statedRunOf } from './deployment-record.ts';
import type { Instance } from './instance.ts';
import { type StoredStatus, storedStatusSchema } from './stored/stored-status.ts';

export const deploymentStatuses = [
  'Pending',
  'AwaitingApproval',
  'Running',
  'Succeeded',
  'Failed',
  'Cancelled',
  'Deleting',
  'Deleted',
] as const;

export type DeploymentStatus = (typeof deploymentStatuses)[number];

const statuses: Readonly<Record<string, DeploymentStatus>> = {
  Pending: 'Pending',
  Completed: 'Succeeded',
  Failed: 'Failed',
  Terminated: 'Cancelled',
  Canceled: 'Cancelled',
};

/** The deployment's status for an instance's; what is suspended or continued is still running to a caller. */
export const deploymentStatus = (instance: Instance): DeploymentStatus => {
  const status = statuses[instance.runtimeStatus] ?? 'Running';
  if (status === 'Succeeded' && customStatusOf(instance)?.cancelled) return 'Cancelled';
  if (status !== 'Running') return status;
  if (approvalOf(instance)?.state === 'Awaiting') return 'AwaitingApproval';
  return isWaiting(instance) ? 'Pending' : 'Running';
};

/** Whether a run says why nothing of it has begun: it waits for its turn, or for another try of its preflight. */
const isWaiting = (instance: Instance): boolean => {
  const said = customStatusOf(instance);
  return said?.waiting !== undefined && said.steps.length === 0;
};

/** How far the approval of a deployment's run is; undefined when none was asked for, or not yet. */
export const approvalOf = (instance: Instance): Approval | undefined => customStatusOf(instance)?.approval;

/** What the orchestration says of itself; undefined when it has said nothing yet. */
export const customStatusOf = ({ customStatus }: Pick<Instance, 'customStatus'>): StoredStatus | undefined =>
  storedStatusSchema.safeParse(customStatus).data;

export const hasEnded = (status: DeploymentStatus): boolean =>
  status !== 'Pending' && status !== 'AwaitingApproval' && status !== 'Running' && status !== 'Deleting';

/** The status of a deployment beside that of its undo, if there is one. */
export const statusWithUndo = (deployment: Instance, undo: Instance | undefined): DeploymentStatus => {
  if (!undo) return deploymentStatus(deployment);
  const status = deploymentStatus(undo);
  if (status === 'Succeeded') return 'Deleted';
  return hasEnded(status) ? 'Failed' : 'Deleting';
};

/** The run that an undo is of; its status knows better than its input, for it may have met a later one. Undefined when it does not say. */
export const undoneRunOf = (undo: Pick<Instance, 'input' | 'customStatus'>): string | undefined =>
  customStatusOf(undo)?.run ?? statedRunOf(undo);

/**
 * Whether an undo is that of the deployment's present run. One that does not say of which run it is counts as such, unless it would set the id free: one that
 * has just been started has no status yet, but one that deleted something has.
 */
export const isUndoOf = (deployment: Instance, undo: Instance): boolean => {
  const undone = undoneRunOf(undo);
  return undone === undefined ? undo.runtimeStatus !== 'Completed' : undone === runIdOf(deployment);
};
