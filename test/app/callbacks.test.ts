import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Received, Receiver } from '../support/receiver.ts';
import { useWorld } from '../support/use-world.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OLD_SECRET = `whsec_${Buffer.alloc(24, 8).toString('base64')}`;
let receiver: Receiver;

const world = useWorld({ onDisk: true });

let nextId = 0;
let id: string;

beforeEach(async () => {
  world.azure.reset();
  id = `callback-${nextId++}`;
  receiver = await Receiver.start();
  vi.stubEnv('CALLBACK_ENCRYPTION_KEY', Buffer.alloc(32, 1).toString('base64'));
  vi.stubEnv('CALLBACK_SIGNING_SECRET', `${SECRET} ${OLD_SECRET}`);
  vi.stubEnv('CALLBACK_ALLOWED_HOSTS', receiver.host);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await receiver.close();
});

const body = (options: object = {}) => ({
  resourceGroupName: id,
  images: [],
  callbackUrl: receiver.url(),
  correlationId: 'REQ0010001',
  ...options,
});

/** Waits until nothing more is to be sent for the deployment's run; returns its status. */
const told = async () => {
  const { run } = await world.status(id);
  await world.instanceEnded(`c:${id}:${run}`);
  return world.status(id);
};

interface MessageBody {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Record<string, unknown> & { readonly sequence: number };
}

/** Verifies a message with the specification's own library, and reads it. */
const verified = ({ headers, body: text }: Received, secret = SECRET): MessageBody => {
  const { 'webhook-id': id = '', 'webhook-timestamp': at = '', 'webhook-signature': signature = '' } = headers;
  const signed = { 'webhook-id': `${id}`, 'webhook-timestamp': `${at}`, 'webhook-signature': `${signature}` };
  new Webhook(secret).verify(text, signed);
  return JSON.parse(text);
};

const messages = () => receiver.received.map((each) => verified(each));

const failCluster = () =>
  world.azure.fail({
    method: 'PUT',
    // Branches of a deployment that was terminated go on.
    path: `/${id}/providers/Microsoft.ContainerService/managedClusters/`,
    action: { answer: { status: 400, code: 'AvailabilityZoneNotSupported', message: 'No such zone.' } },
  });

describe('at the end of a deployment', () => {
  it('that succeeded one signed message has the outputs, and the status shows the delivery', async () => {
    await world.deploy(body());
    const { callback, run } = await told();
    const [message, ...others] = messages();
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      type: 'deployment.ended',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: {
        id,
        run,
        sequence: 1,
        status: 'Succeeded',
        correlationId: 'REQ0010001',
        outputs: { MY_RESOURCE_GROUP_NAME: id },
        urls: { status: expect.stringContaining(`/api/deployments/${id}`) },
      },
    });
    expect(callback).toEqual({
      state: 'Delivered',
      deliveries: [{ event: 'ended', state: 'Delivered', attempts: 1, lastAttemptAt: expect.any(String), status: 204 }],
    });
  });

  it('the message carries a signature by every secret, and none by another', async () => {
    await world.deploy(body());
    await told();
    const [message] = receiver.received;
    if (!message) throw new Error('Nothing was received.');
    expect(verified(message, OLD_SECRET)).toEqual(verified(message));
    expect(() => verified(message, `whsec_${Buffer.alloc(32, 9).toString('base64')}`)).toThrow('No matching signature');
    expect(() => verified({ ...message, body: message.body.replace('Succeeded', 'Failed') })).toThrow();
  });

  it('that failed it has the error', async () => {
    await failCluster();
    await world.deploy(body());
    await told();
    expect(messages()).toMatchObject([
      { data: { status: 'Failed', error: { step: 'cluster', code: 'AvailabilityZoneNotSupported' } } },
    ]);
  });

  it.each([
    ['was cancelled', 'cancel', {}, { status: 'Cancelled' }],
    ['was rejected', 'reject', { by: 'Bob', reason: 'No.' }, { status: 'Cancelled', reason: 'Rejected by Bob: No.' }],
  ])('that %s it says so', async (_, verb, decision, data) => {
    const release = world.clock.hold();
    await world.post(body({ approval: { required: true, timeoutHours: 1 }, callbackEvents: ['awaitingApproval'] }));
    const acted = world.after(60_000, () => world.post(decision, `/api/deployments/${id}/${verb}`));
    release();
    expect((await acted).ok).toBe(true);
    await told();
    expect(messages()).toMatchObject([
      { type: 'deployment.awaiting_approval', data: { sequence: 1, approval: { state: 'Awaiting' } } },
      { type: 'deployment.ended', data: { sequence: 2, ...data } },
    ]);
  });

  it('that an operator terminated it says so', async () => {
    const release = world.clock.hold();
    await world.post(body());
    const acted = world.after(60_000, async () => world.host.hub.terminate(`d:${id}`, 'test'));
    release();
    await acted;
    await told();
    expect(messages()).toMatchObject([{ data: { status: 'Cancelled' } }]);
  });

  it('it reports a run whose place another run took before anybody checked', async () => {
    const release = world.clock.hold();
    await world.post(body({ approval: { required: true } }));
    const acted = world.after(60_000, async () => {
      const { run } = await world.status(id);
      await world.post({ by: 'Bob', reason: 'No.' }, `/api/deployments/${id}/reject`);
      await world.ended(id);
      const { status } = await world.post(body({ callbackUrl: undefined, correlationId: 'REQ0010002' }));
      return { run, status };
    });
    release();
    const { run, status } = await acted;
    expect(status).toBe(202);
    await world.instanceEnded(`c:${id}:${run}`);
    expect(messages()).toMatchObject([
      { data: { run, status: 'Cancelled', correlationId: 'REQ0010001', superseded: true } },
    ]);
    expect((await world.ended(id)).status).toBe('Succeeded');
  });
});

it('a long watch keeps its history short, and sends what came before and after', async () => {
  const options = { approval: { required: true, timeoutHours: 3 }, callbackEvents: ['awaitingApproval'] };
  const { run, status } = await world.deploy(body(options));
  expect(status).toBe('Cancelled');
  await told();
  expect(messages()).toMatchObject([
    { type: 'deployment.awaiting_approval', data: { sequence: 1 } },
    { type: 'deployment.ended', data: { sequence: 2, reason: expect.stringContaining('Nobody had decided') } },
  ]);
  expect([...world.host.hub.history(`c:${id}:${run}`)].length).toBeLessThan(500);
});

it('the end of every step is sent when it is asked for, each once, numbered in the order of the ends', async () => {
  const ended = await world.deploy(body({ callbackEvents: ['step'] }));
  await told();
  const all = messages();
  expect(all.map(({ data }) => data.sequence)).toEqual(all.map((_, index) => index + 1));
  const steps = all.filter(({ type }) => type === 'deployment.step_ended');
  const names = steps.map(({ data }) => (data.step as { name: string }).name);
  expect(names.toSorted()).toEqual(ended.steps.map(({ name }) => name).toSorted());
  expect(names.slice(0, 1)).toEqual(['resource-group']);
  expect(names.at(-1)).toBe('connect');
  expect(all.at(-1)?.type).toBe('deployment.ended');
});

describe('a message that the receiver does not take', () => {
  it('is sent again under the same id, on the schedule, until it is taken', async () => {
    const replies = [500, 'hang up', { status: 302, headers: { Location: receiver.url('/elsewhere') } }, 200] as const;
    receiver.reply = (_, count) => replies[count - 1] ?? 200;
    const started = world.clock.now();
    const ended = await world.deploy(body());
    const { callback } = await told();
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook', '/hook', '/hook', '/hook']);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(messages().map((message) => JSON.stringify(message))).size).toBe(1);
    expect(callback).toMatchObject({ state: 'Delivered', deliveries: [{ attempts: 4, status: 200 }] });
    expect(callback?.deliveries[0]).not.toHaveProperty('error');
    // 5 s, 5 min and 30 min, each stretched by up to a fifth.
    const waited =
      (Date.parse(callback?.deliveries[0]?.lastAttemptAt ?? '') - Date.parse(ended.steps.at(-1)?.endedAt ?? '')) / 1000;
    expect(waited).toBeGreaterThan(2105);
    expect(waited).toBeLessThan(2105 * 1.2 + 60);
    expect(started).toBeLessThan(world.clock.now());
  });

  it('does not hold up the end of the deployment', async () => {
    receiver.reply = () => 503;
    const { callback, status } = await world.deploy(body({ callbackEvents: ['step'] }));
    expect(status).toBe('Succeeded');
    expect(callback?.deliveries.filter(({ state }) => state === 'Delivered')).toEqual([]);
    receiver.reply = () => 410;
    await told();
  });

  it('is given up after three days', async () => {
    receiver.reply = () => 503;
    await world.deploy(body());
    const { callback } = await told();
    expect(callback).toMatchObject({
      state: 'Failed',
      deliveries: [{ state: 'Failed', attempts: 10, status: 503, error: 'the receiver answered HTTP 503' }],
    });
  });

  it('comes no sooner than the receiver asked for', async () => {
    receiver.reply = (_, count) => (count === 1 ? { status: 429, headers: { 'Retry-After': '3600' } } : 200);
    const ended = await world.deploy(body());
    const { callback } = await told();
    const last = Date.parse(callback?.deliveries[0]?.lastAttemptAt ?? '');
    expect(last - Date.parse(ended.steps.at(-1)?.endedAt ?? '')).toBeGreaterThan(3600 * 1000);
  });

  it('is the last one when the receiver answers 410 Gone', async () => {
    receiver.reply = (_, count) => (count === 1 ? 500 : 410);
    await world.deploy(body({ callbackEvents: ['step'] }));
    const { callback } = await told();
    expect(receiver.received).toHaveLength(2);
    expect(callback?.state).toBe('Failed');
    expect(callback?.deliveries.filter(({ state }) => state !== 'Failed')).toEqual([]);
  });

  it('is sent again by a host that died while the receiver had it, under the same id', async () => {
    let died: Promise<void> | undefined;
    receiver.reply = async (_, count) => {
      if (count > 1) return 204;
      died = world.restart();
      await died;
      return 'hang up';
    };
    await world.post(body());
    while (died === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    await died;
    const { callback, status } = await told();
    expect(status).toBe('Succeeded');
    expect(callback?.state).toBe('Delivered');
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(receiver.received).toHaveLength(2);
  });
});

describe('a host that dies', () => {
  // Before the first check, between steps, while a message waits for another attempt, before the last one.
  it.each([1, 8, 400, 1000])('%i s after the POST loses no message', async (seconds) => {
    receiver.reply = (_, count) => (count % 3 === 0 ? 204 : 500);
    const release = world.clock.hold();
    await world.post(body({ callbackEvents: ['step'] }));
    const restarted = world.after(seconds * 1000, () => world.restart());
    release();
    await restarted;
    const { steps } = await world.ended(id);
    const { callback } = await told();
    expect(callback?.state).toBe('Delivered');
    expect(callback?.deliveries).toHaveLength(steps.length + 1);
    const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
    expect(ids.size).toBe(steps.length + 1);
  });
});

describe('the same POST while it runs', () => {
  const post = async (options: object) => {
    const response = await world.post(body(options));
    return [response.status, await response.json()] as const;
  };

  it('with the same callback is accepted, with another refused, and one may come later', async () => {
    const release = world.clock.hold();
    const first = await post({ callbackUrl: undefined });
    const second = await post({});
    const third = await post({});
    const fourth = await post({ callbackUrl: receiver.url('/other') });
    const fifth = await post({ callbackEvents: ['step'] });
    release();
    expect([first, second, third, fourth, fifth].map(([status]) => status)).toEqual([202, 202, 202, 409, 409]);
    expect(fourth[1]).toMatchObject({ type: 'urn:airflow-on-aks:problem:callback-differs' });
    expect(JSON.stringify(fourth)).not.toContain('/other');
    await world.ended(id);
    await told();
    expect(messages()).toHaveLength(1);
  });

  it('at the same moment notifies whoever was accepted', async () => {
    const urls = ['/a', '/b', '/c'];
    const answers = await Promise.all(urls.map((path) => post({ callbackUrl: receiver.url(path) })));
    const accepted = urls.filter((_, index) => answers[index]?.[0] === 202);
    expect(accepted).toHaveLength(1);
    await world.ended(id);
    await told();
    expect(receiver.received.map(({ path }) => path)).toEqual(accepted);
  });
});

describe('a callback that cannot be', () => {
  const refused = async (options: object) => {
    const response = await world.post(body(options));
    const text = await response.text();
    return { status: response.status, text, problem: JSON.parse(text) };
  };

  it.each(['CALLBACK_ENCRYPTION_KEY', 'CALLBACK_SIGNING_SECRET'])(
    'is refused with the name of the setting %s, which is not set',
    async (setting) => {
      vi.stubEnv(setting, '');
      const { status, problem } = await refused({});
      expect(status).toBe(422);
      expect(problem).toMatchObject({ type: 'urn:airflow-on-aks:problem:callbacks-not-configured' });
      expect(problem.detail).toContain(setting);
    },
  );

  it.each([
    ['CALLBACK_ENCRYPTION_KEY', Buffer.alloc(16, 3).toString('base64')],
    ['CALLBACK_SIGNING_SECRET', 'whsec_c2hvcnQ='],
    ['CALLBACK_ALLOWED_HOSTS', 'https://hooks.example.com/'],
  ])('a broken %s is told without its value', async (setting, value) => {
    vi.stubEnv(setting, value);
    const { status, problem, text } = await refused({});
    expect(status).toBe(500);
    expect(problem.detail).toContain(setting);
    expect(text).not.toContain(value);
  });

  it.each([
    'http://hooks.example.com/x?sig=SECRET',
    'https://hooks.example.com/x?sig=SECRET',
    'http://127.0.0.1:1/x?sig=SECRET',
    'http://localhost/x?sig=SECRET',
    'https://127.0.0.1/x?sig=SECRET',
    'ftp://127.0.0.1/x?sig=SECRET',
    'x?sig=SECRET',
  ])('%s is refused, and not repeated', async (callbackUrl) => {
    const { status, problem, text } = await refused({ callbackUrl });
    expect(status).toBe(400);
    expect(problem).toMatchObject({ errors: [{ field: 'callbackUrl' }] });
    expect(text).not.toContain('SECRET');
  });

  it('loopback is refused where there is no simulator', async () => {
    const simulator = process.env.AZURE_SIMULATOR_URL;
    try {
      delete process.env.AZURE_SIMULATOR_URL;
      expect((await refused({})).problem).toMatchObject({
        errors: [{ field: 'callbackUrl', message: 'must be an https URL' }],
      });
    } finally {
      process.env.AZURE_SIMULATOR_URL = simulator;
    }
  });

  it('a host that is taken off the list meanwhile gets nothing', async () => {
    const release = world.clock.hold();
    await world.post(body());
    release();
    vi.stubEnv('CALLBACK_ALLOWED_HOSTS', 'hooks.example.com');
    await world.ended(id);
    const { callback } = await told();
    expect(receiver.received).toEqual([]);
    expect(callback).toMatchObject({
      state: 'Failed',
      deliveries: [{ error: expect.stringContaining('CALLBACK_ALLOWED_HOSTS') }],
    });
  });

  it('a key that is gone is waited for', async () => {
    const release = world.clock.hold();
    await world.post(body());
    release();
    const key = process.env.CALLBACK_ENCRYPTION_KEY ?? '';
    vi.stubEnv('CALLBACK_ENCRYPTION_KEY', Buffer.alloc(32, 2).toString('base64'));
    const hold = world.clock.hold();
    const back = world.after(1200_000, async () => {
      vi.stubEnv('CALLBACK_ENCRYPTION_KEY', `${Buffer.alloc(32, 2).toString('base64')},${key}`);
    });
    hold();
    await back;
    const { callback } = await told();
    expect(callback?.state).toBe('Delivered');
    expect(callback?.deliveries[0]?.attempts).toBeGreaterThan(1);
  });
});
