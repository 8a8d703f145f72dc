import { orchestrationPayload } from '../../local/functions-host/engine/episode/orchestration-payload.ts';
import { EventType } from '../../local/functions-host/engine/replay/event-type.ts';
import type { StoredInstance } from '../../local/functions-host/engine/store/stored-types.ts';
import type { HistoryEvent, InstanceState } from '../../local/functions-host/engine/task-hub.ts';
import type { FunctionWorker } from '../../local/functions-host/worker/function-worker.ts';
import { cpuTime } from './timed-worker.ts';

const DAY_MS = 24 * 3600 * 1000;

/** What an episode decides, and its end: the events that the orchestrator's code did not see. */
const DECIDED: readonly number[] = [
  EventType.TaskScheduled,
  EventType.TimerCreated,
  EventType.SubOrchestrationInstanceCreated,
  EventType.EventSent,
  EventType.ExecutionCompleted,
  EventType.OrchestratorCompleted,
];

/**
 * Runs an orchestrator's code once for each episode of a recorded history, on what that episode saw, and nothing else: what the SDK costs on any
 * host, with the worker's conversion of payload and result.
 *
 * @returns ms of CPU time; making the payloads is not counted.
 */
export const replayBySdk = async (
  worker: FunctionWorker,
  { name, instanceId, input }: Pick<InstanceState & StoredInstance, 'name' | 'instanceId' | 'input'>,
  history: readonly HistoryEvent[],
): Promise<number> => {
  const texts = history.map((event) => JSON.stringify(event));
  let total = 0;
  for (const [begin, event] of history.entries()) {
    if (event.EventType !== EventType.OrchestratorStarted) continue;
    const decided = history.findIndex((each, i) => i > begin && DECIDED.includes(each.EventType));
    const arrived = history.slice(begin, decided).map((each) => JSON.stringify({ ...each, IsPlayed: false }));
    const payload = orchestrationPayload({
      history: [texts.slice(0, begin).join(','), ...arrived],
      input,
      instanceId,
      isReplaying: begin > 0,
      parentInstanceId: null,
      maximumShortTimerMs: 6 * DAY_MS,
      longTimerIntervalMs: 3 * DAY_MS,
      defaultHttpSleepMs: 30_000,
    });
    const before = cpuTime();
    await worker.invoke('orchestrationTrigger', name, { string: payload });
    total += cpuTime() - before;
  }
  return total;
};
