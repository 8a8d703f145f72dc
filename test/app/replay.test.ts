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

type Event = RecordedInstance['history'][number];

/** A recorded instance of an orchestrator that succeeded, with its history changed: `change` gives what takes the place of each event. */
const mutated = (orchestrator: string, change: (event: Event) => Event | undefined): RecordedInstance => {
  const instance = readRecordings()
    .flatMap(([file, instances]) => (file.endsWith('-succeeded.json') ? instances : []))
    .find(({ name }) => name === orchestrator);
  if (!instance) throw new Error(`There is no recording of ${orchestrator}.`);
  const history = instance.history.map(change).filter((event) => event !== undefined);
  if (JSON.stringify(history) === JSON.stringify(instance.history)) throw new Error('Nothing was changed.');
  return { ...instance, history };
};

const isScheduled =
  (name: string) =>
  ({ EventType: type, Name }: Event): boolean =>
    type === EventType.TaskScheduled && Name === name;

describe('a history that the orchestrators of today do not repeat fails as the platform fails it', () => {
  const isGroup = isScheduled('resourceGroup');
  const isKey = isScheduled('sshKey');

  it.each([
    [
      'an activity was renamed',
      mutated('deployment', (event) => (isGroup(event) ? { ...event, Name: 'group' } : event)),
      "named 'group', but the current orchestration replay instead scheduled an activity task named 'resourceGroup'",
    ],
    [
      'a step is new that was not there before',
      mutated('deployment', (event) => (isGroup(event) || event.TaskScheduledId === 2 ? undefined : event)),
      "but the current replay execution hasn't (yet?) scheduled this task",
    ],
    [
      'a step is gone',
      mutated('identityBranch', (event) =>
        isScheduled('identity')(event) ? { ...event, EventId: event.EventId + 1 } : event,
      ),
      "but the current replay execution hasn't (yet?) scheduled this task",
    ],
    [
      'two steps changed places',
      mutated('deployment', (event) =>
        isScheduled('secrets')(event)
          ? { ...event, Name: 'acrPull' }
          : isScheduled('acrPull')(event)
            ? { ...event, Name: 'secrets' }
            : event,
      ),
      "named 'acrPull', but the current orchestration replay instead scheduled an activity task named 'secrets'",
    ],
    [
      'a timer takes the place of an activity',
      mutated('clusterBranch', (event) =>
        event.EventType === EventType.TimerCreated && event.EventId === 1
          ? { ...event, EventType: EventType.TaskScheduled, Name: 'keyVault' }
          : event,
      ),
      "named 'keyVault', but the current orchestration replay instead produced a CreateTimerOrchestratorAction action",
    ],
    [
      'an activity takes the place of a timer',
      mutated('clusterBranch', (event) => (isKey(event) ? { ...event, EventType: EventType.TimerCreated } : event)),
      'but the current orchestration replay instead produced a ScheduleTaskOrchestratorAction action',
    ],
    [
      'a branch was renamed',
      mutated('deployment', (event) => (event.Name === 'storageBranch' ? { ...event, Name: 'accountBranch' } : event)),
      'scheduled a sub-orchestration task with name storageBranch at this sequence number',
    ],
  ])('%s', async (_, instance, message) => {
    const { completion } = await replayToday(instance);
    if (completion?.kind !== 'failed') throw new Error(`It ended as ${completion?.kind}.`);
    expect(completion.message).toMatch(
      /^Non-Deterministic workflow detected: A previous execution of this orchestration /,
    );
    expect(completion.message).toContain(message);
    expect(completion.message).toContain('Was a change made to the orchestrator code');
  });
});

it('how long a wait lasts is not compared, only what was scheduled in which order', async () => {
  const shorten = (result: string): string =>
    result.replace(/"requeueAfterSeconds":([\d.]+)/g, (__, seconds) => `"requeueAfterSeconds":${Number(seconds) / 2}`);
  const instance = mutated('clusterBranch', (event) =>
    event.EventType === EventType.TaskCompleted && typeof event.Result === 'string'
      ? { ...event, Result: shorten(event.Result) }
      : event,
  );
  const { completion, newActions } = await replayToday(instance);
  expect(newActions).toEqual([]);
  expect(completion?.kind).toBe('completed');
});

describe('an instance whose input another release stored ends as it ended', () => {
  const inputOf = (input: string | null): Record<string, unknown> => JSON.parse(input ?? '{}');
  const withDeployment = (input: Record<string, unknown>, change: object): Record<string, unknown> =>
    typeof input.deployment === 'object' ? { ...input, deployment: { ...input.deployment, ...change } } : input;

  const changes: readonly (readonly [string, (input: Record<string, unknown>) => Record<string, unknown>])[] = [
    ['a field was added', (input) => withDeployment({ ...input, reviewers: ['ada'] }, { airflow: { version: '3.1' } })],
    ['a field is missing', ({ hash: _, settings: __, schemaVersion: ___, ...input }) => input],
    ['a limit was tightened', (input) => withDeployment(input, { correlationId: 'RITM 1, the second' })],
    ['a value is not known', (input) => ({ ...input, requestedBy: { id: 'ada', name: 'Ada', kind: 'agent' } })],
  ];
  const instances = readRecordings().flatMap(([, recorded]) =>
    recorded.filter(({ name }) => /^(deployment|undo|expiry|callback|\w+Branch)$/.test(name)),
  );

  it.each(changes)('%s', async (_, change) => {
    for (const instance of instances) {
      const { completion, newActions } = await replayToday({
        ...instance,
        input: JSON.stringify(change(inputOf(instance.input))),
      });
      expect(newActions, instance.instanceId).toEqual([]);
      expect(completion?.kind, instance.instanceId).toBe(
        recordedEnd(instance)?.OrchestrationStatus === 1 ? 'completed' : 'failed',
      );
    }
  });

  it('or fails and says why, when all means something else', async () => {
    const [instance] = instances;
    if (!instance) throw new Error('Nothing is recorded.');
    const input = JSON.stringify({ ...inputOf(instance.input), schemaVersion: 2 });
    const { completion } = await replayToday({ ...instance, input, history: instance.history.slice(0, 2) });
    expect(completion).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('Another version of the service'),
    });
  });
});
