import { v5 } from 'uuid';
import { isObject, numberOf, objectOf, textOf } from '../json.ts';
import type { HistoryEvent } from '../task-hub.ts';
import { EventType } from './event-type.ts';
import { checkDeterminism } from './non-determinism.ts';
import type { OrchestratorAction } from './orchestrator-action.ts';
import { failed, type Outcome, ReplayTask } from './replay-task.ts';

/** The namespace of the extension's deterministic GUIDs. */
const GUID_NAMESPACE = '9e952958-5e33-4daf-827f-2fa12937b875';

/**
 * The part of DTFx TaskOrchestrationContext.cs that decides ids, open tasks and pending actions, with the event buffers of the durable
 * extension's DurableOrchestrationContext.cs. Pure: no I/O, no clock but the history's.
 */
export class ReplayContext {
  readonly instanceId: string;
  readonly executionId: string;
  suspended = false;
  /** JSON text (or null) of the next generation's input; undefined until continue-as-new was called. */
  nextInput: string | null | undefined;
  /** External events that arrived after continue-as-new was called: they go on to the next generation. */
  readonly carriedOver: HistoryEvent[] = [];
  /** Set by a terminate request: its reason. */
  terminated: { readonly reason: string | null } | undefined;
  readonly #pending = new Map<number, OrchestratorAction>();
  readonly #open = new Map<number, ReplayTask>();
  readonly #waiters = new Map<string, ReplayTask[]>();
  readonly #arrived = new Map<string, (string | null)[]>();
  readonly #whileSuspended: HistoryEvent[] = [];
  #nextId = 0;
  #guids = 0;
  #startedAt = '';

  constructor(instanceId: string, executionId: string) {
    this.instanceId = instanceId;
    this.executionId = executionId;
  }

  /** The Timestamp of the latest OrchestratorStarted so far, ms since the epoch. Read on demand: a long history has thousands, and few are asked for. */
  get now(): number {
    return Date.parse(this.#startedAt);
  }

  get hasOpenTasks(): boolean {
    return this.#open.size > 0;
  }

  /** Whether anything, a task or an external event, can still make the orchestration go on. */
  get isWaiting(): boolean {
    return this.hasOpenTasks || [...this.#waiters.values()].some((waiters) => waiters.length > 0);
  }

  /** What history does not show yet, in the order of ids: the new work. */
  get newActions(): readonly OrchestratorAction[] {
    return this.suspended ? [] : [...this.#pending.values()];
  }

  /** The id that the completion takes. */
  takeId(): number {
    return this.#nextId++;
  }

  scheduleActivity(name: string, input: string | null): ReplayTask {
    const id = this.takeId();
    return this.#register(id, { kind: 'activity', id, name, version: '', input });
  }

  scheduleTimer(fireAt: number): ReplayTask {
    const id = this.takeId();
    return this.#register(id, { kind: 'timer', id, fireAt });
  }

  /** A timer that was cancelled before it was created, as far as this replay knows: it takes its id and is no open task. */
  scheduleCancelledTimer(fireAt: number): ReplayTask {
    const id = this.#nextId;
    const task = this.scheduleTimer(fireAt);
    this.#open.delete(id);
    task.end(failed);
    return task;
  }

  scheduleSubOrchestration(
    name: string,
    version: string,
    instanceId: string | undefined,
    input: string | null,
  ): ReplayTask {
    const id = this.takeId();
    return this.#register(id, {
      kind: 'sub-orchestration',
      id,
      name,
      version,
      instanceId: instanceId?.trim() ? instanceId : `${this.executionId}:${id}`,
      input,
    });
  }

  /** Sends a message to another instance; there is no task to wait for. */
  sendEvent(instanceId: string, name: string, input: string | null): void {
    const id = this.takeId();
    this.#pending.set(id, { kind: 'send-event', id, instanceId, name, input });
  }

  /** An id that every replay of this execution generates again (DurableOrchestrationContext.NewGuid). */
  newGuid(): string {
    return v5(`${this.instanceId}_${this.executionId}_${this.#guids++}`, GUID_NAMESPACE);
  }

  /** The newest waiter gets the next event of that name; names match without regard to case here, with regard in the JS SDK. */
  waitForEvent(name: string): ReplayTask {
    const key = name.toLowerCase();
    const arrived = this.#arrived.get(key);
    const first = arrived?.shift();
    if (first !== undefined) return ReplayTask.ended({ ok: true, value: first });
    const task = new ReplayTask();
    const waiters = this.#waiters.get(key);
    if (waiters) waiters.push(task);
    else this.#waiters.set(key, [task]);
    return task;
  }

  /**
   * Feeds one event of the history, after `onStart` for the first. Creation events are compared, completions end tasks, and what is
   * waiting for those goes on at once.
   */
  process(event: HistoryEvent, onStart: () => void): void {
    const { EventType: type } = event;
    if (type === EventType.OrchestratorStarted) {
      this.#startedAt = event.Timestamp;
      return;
    }
    if (this.suspended && type !== EventType.ExecutionResumed && type !== EventType.ExecutionTerminated) {
      if (type !== EventType.ExecutionSuspended) this.#whileSuspended.push(event);
      return;
    }
    switch (type) {
      case EventType.ExecutionStarted:
        onStart();
        break;
      case EventType.ExecutionTerminated:
        this.terminated ??= { reason: textOf(event, 'Input') ?? null };
        break;
      case EventType.ExecutionSuspended:
        this.suspended = true;
        break;
      case EventType.ExecutionResumed:
        this.suspended = false;
        for (const late of this.#whileSuspended.splice(0)) this.process(late, onStart);
        break;
      case EventType.TaskScheduled:
      case EventType.TimerCreated:
      case EventType.SubOrchestrationInstanceCreated:
      case EventType.EventSent:
        checkDeterminism(event, this.#pending.get(event.EventId));
        this.#pending.delete(event.EventId);
        break;
      case EventType.TaskCompleted:
      case EventType.SubOrchestrationInstanceCompleted:
        this.#resolve(numberOf(event, 'TaskScheduledId'), { ok: true, value: textOf(event, 'Result') ?? null });
        break;
      case EventType.TaskFailed:
      case EventType.SubOrchestrationInstanceFailed:
        this.#resolve(numberOf(event, 'TaskScheduledId'), { ok: false, nonRetriable: isNonRetriable(event) });
        break;
      case EventType.TimerFired:
        this.#resolve(numberOf(event, 'TimerId'), { ok: true, value: null });
        break;
      case EventType.EventRaised:
        this.#raise(event);
        break;
    }
  }

  #register(id: number, action: OrchestratorAction): ReplayTask {
    const task = new ReplayTask();
    this.#pending.set(id, action);
    this.#open.set(id, task);
    return task;
  }

  /** A completion for an id that is not open is a duplicate and changes nothing. */
  #resolve(id: number | undefined, outcome: Outcome): void {
    if (id === undefined) return;
    const task = this.#open.get(id);
    this.#open.delete(id);
    task?.end(outcome);
  }

  #raise(event: HistoryEvent): void {
    if (this.nextInput !== undefined) {
      this.carriedOver.push(event);
      return;
    }
    const key = (textOf(event, 'Name') ?? '').toLowerCase();
    const input = textOf(event, 'Input') ?? null;
    const waiters = this.#waiters.get(key);
    const waiter = waiters?.pop();
    if (waiter) {
      waiter.end({ ok: true, value: input });
      return;
    }
    const arrived = this.#arrived.get(key);
    if (arrived) arrived.push(input);
    else this.#arrived.set(key, [input]);
  }
}

const isNonRetriable = (event: HistoryEvent): boolean => {
  const details = isObject(event) ? objectOf(event, 'FailureDetails') : undefined;
  return details?.IsNonRetriable === true;
};
