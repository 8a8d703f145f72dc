import { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { purgeBranches } from '../../src/functions/purge-ended-runs.ts';
import { passTime } from '../support/pass-time.ts';
import { StandIns } from '../support/stand-ins.ts';

let standIns: StandIns;

beforeAll(async () => {
  standIns = await StandIns.start();
});

afterAll(() => standIns.close());

/** A function's context with a durable client, bound to the host's own task hub as the platform binds it. */
const invocation = (): InvocationContext => {
  const input = df.input.durableClient();
  const context = new InvocationContext({ options: { extraInputs: [input] } });
  const placeholder = 'http://localhost:7071/unused';
  context.extraInputs.set(input, {
    taskHubName: 'test',
    rpcBaseUrl: standIns.host.rpcUrl,
    creationUrls: { createNewInstancePostUri: placeholder },
    managementUrls: { id: 'INSTANCEID', statusQueryGetUri: placeholder },
  });
  return context;
};

const purge = (endedBefore: number) => purgeBranches(df.getClient(invocation()), invocation(), endedBefore);

const branches = (prefix = 's:') => standIns.host.hub.list({ instanceIdPrefix: prefix }).instances.length;

it('purges the branches of runs that ended before, keeps the last record and what a failed run shows', async () => {
  await standIns.deploy({ resourceGroupName: 'good', images: [] });
  await standIns.control('faults', {
    method: 'PUT',
    path: '/managedClusters/',
    action: { answer: { status: 400, code: 'AvailabilityZoneNotSupported', message: 'no' } },
  });
  await standIns.deploy({ resourceGroupName: 'bad', images: [] });
  const before = await standIns.status('bad');
  expect(branches()).toBe(8);

  expect(await purge(standIns.clock.now() - 24 * 3600 * 1000)).toBe(0);
  await standIns.clock.sleep(2_000);
  expect(await purge(standIns.clock.now())).toBe(4);
  expect(await standIns.status('good')).toMatchObject({ status: 'Succeeded', steps: { length: 13 } });
  expect(await standIns.status('bad')).toEqual(before);

  await standIns.deploy({ resourceGroupName: 'bad', images: [] });
  await standIns.clock.sleep(2_000);
  expect(await purge(standIns.clock.now())).toBe(8);
  expect((await standIns.status('bad')).earlierRuns).toHaveLength(1);
});

const DAY_MS = 24 * 3600 * 1000;

it('the nightly timer does that by itself, thirty days after the end of a run', async () => {
  await standIns.deploy({ resourceGroupName: 'old', images: [] });
  const before = branches('s:old:');
  expect(before).toBeGreaterThan(0);
  await passTime(standIns.clock, 29 * DAY_MS);
  expect(branches('s:old:')).toBe(before);
  await passTime(standIns.clock, 3 * DAY_MS);
  expect(branches('s:old:')).toBe(0);
  expect(standIns.logs).toContainEqual(
    expect.stringMatching(
      /Function\.purgeEndedRuns\.User: Purged [1-9]\d* branches of runs that ended more than 30 days ago\./,
    ),
  );
  expect(await standIns.status('old')).toMatchObject({ status: 'Succeeded', steps: { length: 13 } });
});
