import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { invokeOrchestrator } from '../../local/functions-host/engine/episode/invoke-orchestrator.ts';
import { orchestrationPayload } from '../../local/functions-host/engine/episode/orchestration-payload.ts';
import { EventType } from '../../local/functions-host/engine/replay/event-type.ts';
import { replay } from '../../local/functions-host/engine/replay/replay.ts';
import { loadApp } from '../../local/functions-host/worker/load-app.ts';
import type { LoadedApp } from '../../local/functions-host/worker/loaded-app.ts';
import { type RecordedInstance, readRecordings } from '../support/recorded-history.ts';

const DAY_MS = 24 * 3600 * 1000;

const limits = { maximumShortTimerMs: 6 * DAY_MS, longTimerIntervalMs: 3 * DAY_MS, defaultHttpSleepMs: 30_000 };

let app: LoadedApp;

beforeAll(async () => {
  app = await loadApp(fileURLToPath(new URL('../..', import.meta.url)), { log: () => {} });
});

/** Runs today's orchestrator over a whole recorded history, as the platform does after every event. */
const replayToday = async (instance: RecordedInstance) => {
  const { name, instanceId, executionId, parentInstanceId, input } = instance;
  const history = instance.history.filter(({ EventType: type }) => type !== EventType.ExecutionCompleted);
  const payload = orchestrationPayload({
    history: history.map((event) => JSON.stringify(event)),
    input,
    instanceId,
    isReplaying: true,
    parentInstanceId,
    ...limits,
  });
  return replay({
    name,
    instanceId,
    executionId,
    history,
    invocation: await invokeOrchestrator(app, name, payload),
    host: {
      ...limits,
      defaultVersion: '1.0',
      parentInstanceId: parentInstanceId ?? undefined,
      activityExists: () => true,
      orchestratorExists: () => true,
      entityExists: () => false,
      onDroppedAction: (message) => {
        throw new Error(message);
      },
    },
  });
};

const recordedEnd = ({ history }: RecordedInstance) =>
  history.find(({ EventType: type }) => type === EventType.ExecutionCompleted);

describe.each(readRecordings())('%s', (_, instances) => {
  it.each(instances.map((instance) => [instance.instanceId, instance] as const))(
    '%s ends on the orchestrators of today as it ended when it was recorded',
    async (_id, instance) => {
      const { completion, newActions } = await replayToday(instance);
      const end = recordedEnd(instance);
      expect(newActions).toEqual([]);
      expect(completion?.kind).toBe(end?.OrchestrationStatus === 1 ? 'completed' : 'failed');
      if (completion?.kind === 'completed') expect(completion.result).toBe(end?.Result);
      if (completion?.kind === 'failed') expect(completion.message).toBe(end?.Result);
    },
  );
});

it('a changed sequence fails as the platform fails it', async () => {
  const [, instances] = readRecordings()[0] ?? ['', []];
  const [deployment] = instances;
  if (!deployment) throw new Error('There is no recording.');
  const history = deployment.history.map((event) =>
    event.EventType === EventType.TaskScheduled && event.Name === 'resourceGroup'
      ? { ...event, Name: 'renamed' }
      : event,
  );
  const { completion } = await replayToday({ ...deployment, history });
  expect(completion).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('Non-Deterministic workflow detected'),
  });
});
