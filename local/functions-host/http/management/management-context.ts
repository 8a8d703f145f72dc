import type { Clock } from '../../../clock/clock.ts';
import type { TaskHub } from '../../engine/task-hub.ts';
import type { HostRequest } from '../host-message.ts';
import type { ManagementUrlParts } from './management-urls.ts';
import type { QueryParameters } from './query-parameters.ts';

/** What the management API works on. */
export interface ManagementContext {
  readonly hub: TaskHub;
  readonly clock: Clock;
  /** Of the public endpoint; answers carry the origin that the caller used. */
  readonly urls: ManagementUrlParts;
}

/** One call of the management API. */
export interface ManagementCall extends ManagementContext {
  readonly request: HostRequest;
  readonly query: QueryParameters;
}
