import { orchestrationPayload } from './engine/episode/orchestration-payload.ts';
import { EventType } from './engine/replay/event-type.ts';
import type { HistoryEvent, InstanceState } from './engine/task-hub.ts';

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

/** What the worker was given for each episode of a recorded history, one after another: to run the orchestrator's code again and nothing else. */
export const recordedPayloads = function* (
  { instanceId, input }: Pick<InstanceState, 'instanceId' | 'input'>,
  history: readonly HistoryEvent[],
): Generator<string> {
  const texts = history.map((event) => JSON.stringify(event));
  for (const [begin, event] of history.entries()) {
    if (event.EventType !== EventType.OrchestratorStarted) continue;
    const decided = history.findIndex((each, i) => i > begin && DECIDED.includes(each.EventType));
    const arrived = history.slice(begin, decided).map((each) => JSON.stringify({ ...each, IsPlayed: false }));
    yield orchestrationPayload({
      history: [texts.slice(0, begin).join(','), ...arrived],
      input,
      instanceId,
      isReplaying: begin > 0,
      parentInstanceId: null,
      maximumShortTimerMs: 6 * DAY_MS,
      longTimerIntervalMs: 3 * DAY_MS,
      defaultHttpSleepMs: 30_000,
    });
  }
};
