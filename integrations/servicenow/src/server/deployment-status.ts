/** Where a deployment stands, as the table's column `status` has it. */
export type DeploymentStatus =
  /** Ordered; the service has not accepted it yet. */
  | 'requested'
  | 'running'
  /** Its request was cancelled; the service has been asked to stop it. */
  | 'cancelling'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  /** The flow waited as long as it may. */
  | 'timed_out';

const ENDED: readonly string[] = ['succeeded', 'failed', 'cancelled', 'timed_out'] satisfies DeploymentStatus[];

/** Whether nothing changes a deployment's status any more. */
export const hasEnded = (status: string | null): boolean => ENDED.includes(status ?? '');
