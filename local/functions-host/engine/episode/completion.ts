import { type JsonObject, textOf } from '../json.ts';
import { EventType, OrchestrationStatus } from '../replay/event-type.ts';
import type { Completion } from '../replay/replay.ts';
import type { NewMessage, ParentInstance } from '../store/stored-types.ts';
import type { HistoryEvent, RuntimeStatus } from '../task-hub.ts';
import { arriving, executionCompleted } from './history-events.ts';

/** How an execution ended. */
export interface Ending {
  readonly status: RuntimeStatus;
  readonly output: string | null;
  readonly event: HistoryEvent;
  /** What a parent gets. */
  readonly report: NewMessage | undefined;
}

/** The last event of an execution, its status and what its parent hears (DTFx ProcessWorkflowCompletedTaskDecision). */
export const endingOf = (
  completion: Exclude<Completion, { kind: 'continued-as-new' }>,
  parent: ParentInstance | null,
  now: number,
): Ending => {
  const { id } = completion;
  const event = (OrchestrationStatus: number, Result: string | null, FailureDetails: JsonObject | null): HistoryEvent =>
    executionCompleted(now, id, { OrchestrationStatus, Result, FailureDetails });
  const report = (type: number, fields: JsonObject): NewMessage | undefined =>
    parent
      ? {
          kind: 'orchestrator',
          instanceId: parent.instanceId,
          executionId: parent.executionId,
          dueAt: null,
          body: arriving(type, now, { TaskScheduledId: parent.taskId, ...fields }),
        }
      : undefined;
  switch (completion.kind) {
    case 'completed': {
      const { result } = completion;
      return {
        status: 'Completed',
        output: result,
        event: event(OrchestrationStatus.Completed, result, null),
        report: report(EventType.SubOrchestrationInstanceCompleted, { Result: result }),
      };
    }
    case 'terminated': {
      const { reason } = completion;
      return {
        status: 'Terminated',
        output: reason,
        event: event(OrchestrationStatus.Terminated, reason, null),
        report: report(EventType.SubOrchestrationInstanceFailed, {
          Reason: reason,
          Details: null,
          FailureDetails: null,
        }),
      };
    }
    case 'failed': {
      const { message, details, failureDetails } = completion;
      return {
        status: 'Failed',
        output: failureDetails
          ? `${textOf(failureDetails, 'ErrorType')}: ${textOf(failureDetails, 'ErrorMessage')}`
          : message,
        event: event(OrchestrationStatus.Failed, message, failureDetails),
        report: report(EventType.SubOrchestrationInstanceFailed, {
          Reason: message,
          Details: details,
          FailureDetails: failureDetails,
        }),
      };
    }
  }
};
