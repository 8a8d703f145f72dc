import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Receiver } from '../support/receiver.ts';
import { useWorld } from '../support/use-world.ts';

const HOUR_MS = 3600 * 1000;

const world = useWorld({ onDisk: true });

let nextId = 0;
let id: string;
let start: number;
let release: () => void;

/** Time stands still until the test lets it go. */
beforeEach(() => {
  world.azure.reset();
  id = `expiry-${nextId++}`;
  release = world.clock.hold();
  start = world.clock.now();
});

afterEach(() => {
  release();
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

const body = (options: object) => ({ resourceGroupName: id, images: [], ...options });

const post = async (options: object) => {
  const response = await world.post(body(options));
  const text = await response.text();
  const { run }: { readonly run: string } = JSON.parse(text);
  return { status: response.status, text, run };
};

/** Lets the time go; does something so many hours after the test's start. */
const atHour = <T>(hours: number, act: () => Promise<T>): Promise<T> => {
  const acted = world.at(start + hours * HOUR_MS, act);
  release();
  return acted;
};

const status = () => world.status(id);

const expiryEnded = (run: string) => world.instanceEnded(`e:${id}:${run}`);

const iso = (hours: number): string => new Date(start + hours * HOUR_MS).toISOString();

const left = () => world.azure.simulator.resources().filter(({ id: resource }) => resource.includes(`/${id}`)).length;

describe('a deployment that expires', () => {
  it('stands as it is until its notice, and is undone after it', async () => {
    const { run } = await post({ expiresAt: 'P4D' });
    const seen: unknown[] = [];
    for (const hours of [1, 71, 73, 95]) {
      world.at(start + hours * HOUR_MS, async () => {
        const { status: now, expiry } = await status();
        seen.push([now, expiry?.state]);
      });
    }
    release();
    await expiryEnded(run);
    expect(seen).toEqual([
      ['Succeeded', 'Scheduled'],
      ['Succeeded', 'Scheduled'],
      ['Succeeded', 'Expiring'],
      ['Succeeded', 'Expiring'],
    ]);
    const after = await status();
    expect(after).toMatchObject({ status: 'Deleted', expiry: { state: 'Expired' } });
    const { expiresAt = '', noticeAt = '' } = after.expiry ?? {};
    expect(Math.abs(Date.parse(expiresAt) - (start + 96 * HOUR_MS))).toBeLessThan(10_000);
    expect(Date.parse(expiresAt) - Date.parse(noticeAt)).toBe(24 * HOUR_MS);
    expect(left()).toBe(0);
  });

  it('at an instant is undone then', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: start });
    const { status: answered, run } = await post({ expiresAt: iso(10) });
    vi.useRealTimers();
    expect(answered).toBe(202);
    expect((await atHour(9.9, status)).status).toBe('Succeeded');
    await expiryEnded(run);
    expect(await status()).toMatchObject({ status: 'Deleted', expiry: { expiresAt: iso(10), noticeAt: iso(7.5) } });
  });

  it('is cancelled first when it is still running', async () => {
    const { run } = await post({ expiresAt: 'PT1H', approval: { required: true, timeoutHours: 48 } });
    release();
    await expiryEnded(run);
    expect(await status()).toMatchObject({ status: 'Deleted', approval: { state: 'Cancelled' } });
  });

  it('is undone though it failed', async () => {
    await world.azure.fail({
      method: 'PUT',
      path: `/${id}/providers/Microsoft.ContainerService/managedClusters/`,
      action: { answer: { status: 400, code: 'AvailabilityZoneNotSupported', message: 'no' } },
    });
    const { run } = await post({ expiresAt: 'PT2H' });
    expect(await atHour(1, status)).toMatchObject({ status: 'Failed', expiry: { state: 'Scheduled' } });
    await expiryEnded(run);
    expect((await status()).status).toBe('Deleted');
    expect(left()).toBe(0);
  });

  it('is undone though the host was away for its notice and its end, an hour after the late notice', async () => {
    const { run } = await post({ expiresAt: 'P3D' });
    await atHour(1, async () => {
      await world.host.abandon();
    });
    await world.clock.sleep(99 * HOUR_MS);
    const back = world.clock.now();
    await world.restart();
    await expiryEnded(run);
    const { expiry, status: now } = await status();
    expect(now).toBe('Deleted');
    expect(Date.parse(expiry?.expiresAt ?? '') - back).toBeGreaterThanOrEqual(HOUR_MS);
  });

  it('is undone in the end when Azure refuses at first', async () => {
    await world.azure.fail({
      method: 'DELETE',
      path: `/resourcegroups/${id}`,
      action: { answer: { status: 409, code: 'ScopeLocked', message: 'A lock forbids it.' } },
    });
    const { run } = await post({ expiresAt: 'PT2H' });
    release();
    await expiryEnded(run);
    expect((await status()).status).toBe('Deleted');
    expect(world.azure.requests('DELETE', `/resourcegroups/${id}`).length).toBeGreaterThan(1);
  });
});

describe('another POST', () => {
  const DAYS = 24;

  it.each([
    ['while the run goes on', 0.02],
    ['after its end', 5],
  ])('%s extends the life', async (_, hours) => {
    const first = await post({ expiresAt: 'P1D' });
    const second = await atHour(hours, () => post({ expiresAt: 'P10D' }));
    expect(second.run === first.run).toBe(hours < 1);
    expect((await atHour(9 * DAYS, status)).status).toBe('Succeeded');
    await expiryEnded(second.run);
    expect(await status()).toMatchObject({ status: 'Deleted', run: second.run });
  });

  it.each([
    ['while the run goes on', 0.02],
    ['after its end', 5],
  ])('%s without expiresAt lets it live for ever', async (_, hours) => {
    const first = await post({ expiresAt: 'P1D' });
    await atHour(hours, () => post({}));
    await expiryEnded(first.run);
    const after = await atHour(30 * DAYS, status);
    expect(after.status).toBe('Succeeded');
    expect(after.expiry).toBeUndefined();
    expect(after.undo).toBeUndefined();
  });

  it('at the very moment of the end is refused, or its run is left alone', async () => {
    const first = await post({ expiresAt: 'PT5H' });
    const second = await atHour(5, () => post({}));
    await expiryEnded(first.run);
    await world.instanceEnded(`d:${id}`);
    const after = await status();
    expect(after.status).toBe(second.status === 202 ? 'Succeeded' : 'Deleted');
  });

  it('of the same moment counts, and its run alone expires', async () => {
    const answers = await Promise.all([post({ expiresAt: 'P1D' }), post({ expiresAt: 'P1D' })]);
    expect(answers.map((answer) => answer.status)).toEqual([202, 202]);
    expect(new Set(answers.map(({ run }) => run)).size).toBe(1);
    release();
    await expiryEnded(answers[0].run);
    expect((await status()).status).toBe('Deleted');
  });
});

it('a run that began just before the undo of the one before it is left alone', async () => {
  const first = await post({ expiresAt: 'PT5H' });
  await atHour(1, async () => {});
  await world.instanceEnded(`d:${id}`);
  const { hub } = world.host;
  await hub.waitFor(`u:${id}`, ['Running']);
  // As a POST does that had checked for an undo just before this one began.
  const again = hub.get(`d:${id}`);
  const input = { ...JSON.parse(again?.input ?? '{}'), run: 'b0b0b0b0' };
  await hub.start({ name: 'deployment', instanceId: `d:${id}`, input: JSON.stringify(input) });
  await expiryEnded(first.run);
  await hub.waitFor(`u:${id}`, ['Completed']);
  await hub.waitFor(`d:${id}`, ['Completed']);
  expect(await status()).toMatchObject({ status: 'Succeeded', run: 'b0b0b0b0' });
});

describe('a deployment does not expire any more', () => {
  it('once it was cancelled: what was created stays', async () => {
    const { run } = await post({ expiresAt: 'PT2H' });
    await atHour(0.05, () => world.post({}, `/api/deployments/${id}/cancel`));
    await expiryEnded(run);
    const after = await atHour(10, status);
    expect(after.status).toBe('Cancelled');
    expect(after.expiry).toBeUndefined();
    expect(left()).toBeGreaterThan(0);
  });

  it('once it was deleted', async () => {
    const { run } = await post({ expiresAt: 'P1D' });
    await atHour(2, () => world.fetch(`/api/deployments/${id}?confirm=${id}`, { method: 'DELETE' }));
    await expiryEnded(run);
    const after = await status();
    expect(after.expiry).toBeUndefined();
    expect(world.clock.now()).toBeLessThan(start + 24 * HOUR_MS);
  });
});

describe('the callback event expiring', () => {
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await Receiver.start();
    vi.stubEnv('CALLBACK_ENCRYPTION_KEY', Buffer.alloc(32, 1).toString('base64'));
    vi.stubEnv('CALLBACK_SIGNING_SECRET', `whsec_${Buffer.alloc(32, 7).toString('base64')}`);
    vi.stubEnv('CALLBACK_ALLOWED_HOSTS', receiver.host);
  });

  afterEach(() => receiver.close());

  const told = async (run: string) => {
    await world.instanceEnded(`c:${id}:${run}`);
    return receiver.received.map(({ body: text }) => JSON.parse(text));
  };

  const asked = (options: object) => ({ callbackUrl: receiver.url(), callbackEvents: ['expiring'], ...options });

  it.each(['PT3H', 'PT1H'])('gives notice of the end of a life of %s before it comes, once', async (expiresAt) => {
    const { run } = await post(asked({ expiresAt }));
    release();
    const messages = await told(run);
    expect(messages.map(({ type }) => type)).toEqual(['deployment.ended', 'deployment.expiring']);
    const { timestamp, data } = messages[1];
    expect(data).toMatchObject({ id, run, sequence: 2, expiresAt: expect.any(String) });
    const { callback } = await status();
    expect(callback?.state).toBe('Delivered');
    const deliveredAt = callback?.deliveries[1]?.lastAttemptAt ?? '';
    expect(Date.parse(deliveredAt)).toBeGreaterThanOrEqual(Date.parse(timestamp));
    expect(Date.parse(deliveredAt)).toBeLessThan(Date.parse(data.expiresAt));
    await expiryEnded(run);
  });

  it('gives no notice of a life that another run prolonged', async () => {
    const first = await post(asked({ expiresAt: 'PT3H' }));
    await atHour(1, () => post({ expiresAt: 'P9D' }));
    const messages = await told(first.run);
    expect(messages.map(({ type }) => type)).toEqual(['deployment.ended']);
  });
});

it.each([
  ['tomorrow', 'instant or a duration'],
  ['2027-02-30T00:00:00Z', 'instant or a duration'],
  ['2026-12-24T18:00:00', 'instant or a duration'],
  ['P1M', 'instant or a duration'],
  ['P', 'instant or a duration'],
  ['P1DT', 'instant or a duration'],
  ['PT59M', 'at least an hour'],
  ['P366D', 'at most 365 days'],
  ['2020-01-01T00:00:00Z', 'at least an hour'],
  ['2999-01-01T00:00:00Z', 'at most 365 days'],
])('expiresAt: %j is refused', async (expiresAt, message) => {
  const answer = await post({ expiresAt });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.text)).toMatchObject({
    type: 'urn:airflow-on-aks:problem:invalid-request',
    errors: [{ field: 'expiresAt', message: expect.stringContaining(message) }],
  });
});
