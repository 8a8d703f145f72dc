import type { HistoryEvent } from '../task-hub.ts';
import { EventType } from './event-type.ts';
import type { ActionKind, OrchestratorAction } from './orchestrator-action.ts';

/** Raised when history and replay disagree (DTFx NonDeterministicOrchestrationException.cs). */
export class NonDeterminismError extends Error {
  override readonly name = 'NonDeterminismError';

  constructor(details: string) {
    super(`Non-Deterministic workflow detected: ${details}`);
  }
}

const typeNames: Readonly<Record<ActionKind, string>> = {
  activity: 'ScheduleTaskOrchestratorAction',
  timer: 'CreateTimerOrchestratorAction',
  'sub-orchestration': 'CreateSubOrchestrationAction',
  'send-event': 'SendEventOrchestratorAction',
};

const changed = 'Was a change made to the orchestrator code after this instance had already started running?';

const sameName = (a: unknown, b: string): boolean => typeof a === 'string' && a.toLowerCase() === b.toLowerCase();

/**
 * Compares a creation event with the action that this replay has at the same id; the texts, with their irregularities, are those of
 * DTFx TaskOrchestrationContext.cs (Handle…Event).
 *
 * @throws NonDeterminismError when they differ in kind or name.
 */
export const checkDeterminism = (event: HistoryEvent, action: OrchestratorAction | undefined): void => {
  const difference = differenceOf(event, action);
  if (difference) throw new NonDeterminismError(difference);
};

const differenceOf = (event: HistoryEvent, action: OrchestratorAction | undefined): string | undefined => {
  const before = 'A previous execution of this orchestration scheduled';
  const { EventId: id, Name: name } = event;
  switch (event.EventType) {
    case EventType.TaskScheduled:
      if (!action) {
        return `${before} an activity task with sequence ID ${id} and name '${name}' (version '${event.Version ?? ''}'), but the current replay execution hasn't (yet?) scheduled this task. ${changed}`;
      }
      if (action.kind !== 'activity') {
        return `${before} an activity task with sequence number ${id} named '${name}', but the current orchestration replay instead produced a ${typeNames[action.kind]} action with this sequence number. ${changed}`;
      }
      return sameName(name, action.name)
        ? undefined
        : `${before} an activity task with sequence number ${id} named '${name}', but the current orchestration replay instead scheduled an activity task named '${action.name}' with this sequence number.  ${changed}`;
    case EventType.TimerCreated:
      if (!action) {
        return `${before} a timer task with sequence number ${id} but the current replay execution hasn't (yet?) scheduled this task. ${changed}`;
      }
      return action.kind === 'timer'
        ? undefined
        : `${before} a timer task with sequence number ${id} named but the current orchestration replay instead produced a ${typeNames[action.kind]} action with this sequence number. ${changed}`;
    case EventType.SubOrchestrationInstanceCreated: {
      const task = `${before} a sub-orchestration task with sequence ID ${id} and name '${name}' (version '${event.Version ?? ''}', instance ID '${event.InstanceId}'), but the current`;
      if (!action) return `${task} replay execution hasn't (yet?) scheduled this task. ${changed}`;
      if (action.kind !== 'sub-orchestration') {
        return `${task} orchestration replay instead produced a ${typeNames[action.kind]} action at this sequence number. ${changed}`;
      }
      return sameName(name, action.name)
        ? undefined
        : `${task} orchestration replay instead scheduled a sub-orchestration task with name ${action.name} at this sequence number. ${changed}`;
    }
    default: {
      const task = `${before} a send event task with sequence ID ${id}, type 'EventSent'`;
      if (!action) {
        return `${task} name '${name}', instance ID '${event.InstanceId}', but the current replay execution hasn't (yet?) scheduled this task. ${changed}`;
      }
      if (action.kind !== 'send-event') {
        return `${task}, name '${name}', instance ID '${event.InstanceId}', but the current orchestration replay instead scheduled a ${typeNames[action.kind]} task at this sequence number. ${changed}`;
      }
      return sameName(name, action.name)
        ? undefined
        : `${task}, name '${name}', instance ID '${event.InstanceId}'), but the current orchestration replay instead scheduled a send event task with name ${action.name}at this sequence number. ${changed}`;
    }
  }
};
