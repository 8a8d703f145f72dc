import { textOf } from '../json.ts';
import { EventType } from '../replay/event-type.ts';
import type { StoredInstance } from '../store/stored-types.ts';
import type { HistoryEvent } from '../task-hub.ts';
import type { Ending } from './completion.ts';

/**
 * Status and output of the row change by what arrived and by the end only (AzureTableTrackingStore.cs, UpdateStateAsync): a rewound
 * instance stays Pending until it ends; the reason of a suspend or resume is the output until another is written, and since the row is
 * merged, an end without a result writes none.
 */
export const rowAfter = (
  before: StoredInstance,
  isStart: boolean,
  events: readonly HistoryEvent[],
  ending: Ending | undefined,
): Pick<StoredInstance, 'runtimeStatus' | 'output'> => {
  const last = events.findLast(
    ({ EventType: type }) => type === EventType.ExecutionSuspended || type === EventType.ExecutionResumed,
  );
  const suspended = last?.EventType === EventType.ExecutionSuspended;
  const arrived = last && (suspended ? 'Suspended' : 'Running');
  return {
    runtimeStatus: ending?.status ?? arrived ?? (isStart ? 'Running' : before.runtimeStatus),
    output: ending?.output ?? (last && textOf(last, 'Reason')) ?? before.output,
  };
};
