import { currentTrace } from '../../tracing/current-trace.ts';
import { nextSpan, parseTraceparent } from '../../tracing/trace-context.ts';
import { activitySpan } from '../durable-trace.ts';
import { arriving } from '../episode/history-events.ts';
import { messageOf } from '../episode/invoke-orchestrator.ts';
import { type JsonObject, numberOf, textOf } from '../json.ts';
import { HTTP_ACTIVITY } from '../replay/durable-http.ts';
import { EventType } from '../replay/event-type.ts';
import type { StoredMessage } from '../store/stored-types.ts';
import { activityInput, activityMetadata, activityResult } from './activity-data.ts';
import { activityFailure } from './activity-failure.ts';
import { runHttpActivity } from './http-activity.ts';
import { HttpActivityError } from './http-activity-error.ts';
import type { Hub } from './hub.ts';
import { WorkQueue } from './work-queue.ts';

/** Runs activities, at least once each: the message goes when the result is stored. */
export class Activities {
  readonly queue: WorkQueue<StoredMessage>;
  ran = 0;
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
    this.queue = new WorkQueue(hub, hub.settings.maxActivities, (message) => this.#run(message));
    hub.onMessage('activity', (message) => this.queue.add(message));
  }

  async #run(message: StoredMessage): Promise<void> {
    const name = textOf(message.body, 'name') ?? '';
    const input = textOf(message.body, 'input') ?? null;
    const hub = this.#hub;
    const { tracer } = hub.options;
    const parent = tracer && parseTraceparent(textOf(message.body, 'traceparent'), textOf(message.body, 'tracestate'));
    const trace = parent && nextSpan(parent);
    const began = Date.now();
    const outcome = await currentTrace.run(trace, () => this.#outcome(name, input, message.instanceId));
    this.ran++;
    const { type, fields } = outcome;
    const TaskScheduledId = numberOf(message.body, 'taskId') ?? -1;
    if (parent && trace) {
      const task = { name, instanceId: message.instanceId, taskId: TaskScheduledId };
      tracer?.record(activitySpan(task, parent, trace, began, textOf(fields, 'Reason')));
    }
    await hub.commitWork('activity', () => {
      hub.store.dequeue(message);
      return hub.enqueue([
        {
          kind: 'orchestrator',
          instanceId: message.instanceId,
          executionId: message.executionId,
          dueAt: null,
          body: arriving(type, hub.now(), { TaskScheduledId, ...fields }),
        },
      ]);
    });
  }

  async #outcome(
    name: string,
    input: string | null,
    instanceId: string,
  ): Promise<{ type: number; fields: JsonObject }> {
    if (name === HTTP_ACTIVITY) {
      try {
        return {
          type: EventType.TaskCompleted,
          fields: { Result: await runHttpActivity(input, this.#hub.options.clock) },
        };
      } catch (error) {
        if (!(error instanceof HttpActivityError)) throw error;
        return { type: EventType.TaskFailed, fields: error.failure };
      }
    }
    try {
      const metadata = activityMetadata(instanceId, input);
      const data = await this.#hub.options.worker.invoke('activityTrigger', name, activityInput(input), metadata);
      return { type: EventType.TaskCompleted, fields: { Result: activityResult(data) } };
    } catch (error) {
      return { type: EventType.TaskFailed, fields: activityFailure(name, messageOf(error)) };
    }
  }
}
