import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Receiver } from '../support/receiver.ts';
import { AcceptingService } from '../support/servicenow/accepting-service.ts';
import { type OrderedValues, ServiceNow } from '../support/servicenow/servicenow.ts';
import { until } from '../support/until.ts';
import { TestWorld } from '../support/world.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const CALLBACK_PATH = '/api/x_airaks_deploy/callback/deployments';
const CLOSED_COMPLETE = '3';
const CLOSED_INCOMPLETE = '4';

let world: TestWorld;
let snow: ServiceNow;
let instance: Receiver;
let accepting: AcceptingService;

beforeAll(async () => {
  world = await TestWorld.start();
  snow = new ServiceNow();
});

afterAll(async () => {
  await snow.close();
  await world.close();
});

let nextId = 0;
let id: string;

/** The service, with the URL as a connection has it. */
const connected = () => ({ instanceUrl: `http://${instance.host}`, serviceUrl: world.host.url, secret: SECRET });

beforeEach(async () => {
  world.azure.reset();
  id = `snow-${nextId++}`;
  instance = await Receiver.start();
  accepting = await AcceptingService.start();
  instance.reply = async (message) => (await snow.post(message)).status;
  vi.stubEnv('CALLBACK_ENCRYPTION_KEY', Buffer.alloc(32, 1).toString('base64'));
  vi.stubEnv('CALLBACK_SIGNING_SECRET', SECRET);
  vi.stubEnv('CALLBACK_ALLOWED_HOSTS', instance.host);
  await snow.forget();
  await snow.configure(connected());
  await snow.setProperty('x_airaks_deploy.approval_group', '');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await instance.close();
  await accepting.close();
});

/** @returns the number of a requested item that was ordered and approved. */
const orderAndApprove = async (values: Partial<OrderedValues> = {}) => {
  const number = await snow.order({ resource_group: id, ...values });
  await snow.decide(number, 'approved');
  return number;
};

const closed = (number: string) =>
  until(`${number} is closed`, async () => {
    const item = await snow.item(number);
    return item.active === '0' ? item : undefined;
  });

/** A message as the service would send it. */
const message = (data: object, { secret = SECRET, sentAt = new Date(), type = 'deployment.ended' } = {}) => {
  const body = JSON.stringify({ type, timestamp: sentAt.toISOString(), data });
  const headers = {
    'webhook-id': 'msg_test',
    'webhook-timestamp': `${Math.floor(sentAt.getTime() / 1000)}`,
    'webhook-signature': new Webhook(secret).sign('msg_test', sentAt, body),
  };
  return { path: CALLBACK_PATH, headers, body };
};

const failCluster = () =>
  world.azure.fail({
    method: 'PUT',
    path: `/${id}/providers/Microsoft.ContainerService/managedClusters/`,
    action: { answer: { status: 400, code: 'AvailabilityZoneNotSupported', message: 'No such zone.' } },
  });

describe('an order', () => {
  it('that is approved starts the deployment and is closed complete, with the outputs, by the callback', async () => {
    const number = await orderAndApprove({
      location: 'westeurope',
      node_count: '5',
      tags: 'team=data\ncost-center=47=11',
    });
    const item = await closed(number);
    expect(item.state).toBe(CLOSED_COMPLETE);
    expect(item.close_notes).toContain(`\nMY_RESOURCE_GROUP_NAME=${id}\n`);
    expect(item.comments).toBe(item.close_notes);
    expect(await snow.deployment(number)).toMatchObject({ status: 'succeeded', deployment_id: id });
    expect(await world.status(id)).toMatchObject({
      status: 'Succeeded',
      correlationId: number,
      callback: { state: 'Delivered', deliveries: [{ attempts: 1, status: 200 }] },
    });
    expect(instance.received.map(({ path }) => path)).toEqual([CALLBACK_PATH]);
    const [cluster] = world.sent('PUT', `/${id}/providers/Microsoft.ContainerService/managedClusters/`);
    expect(cluster).toMatchObject({
      location: 'westeurope',
      tags: { team: 'data', 'cost-center': '47=11' },
      properties: { agentPoolProfiles: [{ count: 5 }] },
    });
  });

  it('waits for the manager, or for the group that the property names', async () => {
    const first = await snow.order({ resource_group: id }, 'manager-of-kim');
    expect(await snow.approvers(first)).toContain('"users":["manager-of-kim"]');
    await snow.setProperty('x_airaks_deploy.approval_group', 'cloud-team');
    const second = await snow.order({ resource_group: id });
    expect(await snow.approvers(second)).toContain('"groups":["cloud-team"]');
    expect(await snow.deployment(first)).toBeUndefined();
  });

  it.each(['', 'cloud-team'])(
    'that is rejected (group "%s") is closed incomplete, and nothing is deployed',
    async (group) => {
      await snow.setProperty('x_airaks_deploy.approval_group', group);
      const number = await snow.order({ resource_group: id });
      await snow.decide(number, 'rejected');
      expect(await snow.item(number)).toMatchObject({
        state: CLOSED_INCOMPLETE,
        comments: 'The request was not approved.',
      });
      expect((await world.fetch(`/api/deployments/${id}`)).status).toBe(404);
    },
  );

  it('whose deployment fails is closed incomplete, with the error and what to do', async () => {
    await failCluster();
    const item = await closed(await orderAndApprove());
    const { error } = await world.status(id);
    expect(item.state).toBe(CLOSED_INCOMPLETE);
    expect(error?.remedy).toBeTruthy();
    expect(item.close_notes).toBe(
      `The deployment failed.\ncluster: AvailabilityZoneNotSupported: ${error?.message}\n${error?.remedy}`,
    );
  });

  it('that the service refuses is closed incomplete, with the field at fault', async () => {
    const item = await closed(await orderAndApprove({ vm_size: 'huge' }));
    expect(item.state).toBe(CLOSED_INCOMPLETE);
    expect(item.close_notes).toContain('cluster.nodeVmSize must be a virtual machine size such as Standard_DS4_v2');
    expect(item.close_notes).toContain('Order again');
  });

  it('for a resource group where another deployment is running is closed incomplete, and says so', async () => {
    const release = world.clock.hold();
    await world.post({ resourceGroupName: id });
    const item = await closed(await orderAndApprove());
    release();
    expect(item.close_notes).toContain('is running with another body');
    await world.ended(id);
  });

  it('whose flow waited as long as it may is closed incomplete; a callback that comes later changes nothing', async () => {
    const release = world.clock.hold();
    const number = await orderAndApprove();
    expect(await snow.deployment(number)).toMatchObject({ status: 'running' });
    await snow.timeOut(number);
    const item = await snow.item(number);
    expect(item).toMatchObject({ state: CLOSED_INCOMPLETE, active: '0' });
    expect(item.close_notes).toContain('did not end in time');
    release();
    await until('the callback', async () => instance.received[0]);
    expect((await world.ended(id)).status).toBe('Succeeded');
    expect(await snow.item(number)).toEqual(item);
  });

  it('that is cancelled has its deployment cancelled, and stays as the person left it', async () => {
    const release = world.clock.hold();
    const number = await orderAndApprove();
    const cancelled = world.after(60_000, () => snow.cancel(number));
    release();
    await cancelled;
    expect((await world.ended(id)).status).toBe('Cancelled');
    await until('the callback', async () =>
      (await snow.deployment(number))?.status === 'cancelled' ? true : undefined,
    );
    expect(await snow.item(number)).not.toHaveProperty('close_notes');
  });
});

describe('an order that is cancelled', () => {
  it('while its deployment is being started has that cancelled', async () => {
    await snow.configure({ ...connected(), serviceUrl: accepting.url });
    const number = await snow.order({ resource_group: id });
    await snow.cancelDuringNextCall(number);
    await snow.decide(number, 'approved');
    expect(accepting.requests).toEqual([
      'POST /api/deployments',
      'GET /api/deployments/x',
      'POST /api/deployments/x/cancel',
    ]);
    expect(await snow.deployment(number)).toMatchObject({ status: 'cancelled' });
  });

  it('before its deployment could be started is never started', async () => {
    await snow.configure({ ...connected(), serviceUrl: 'http://127.0.0.1:1' });
    const number = await orderAndApprove();
    await snow.cancel(number);
    await snow.configure(connected());
    await snow.runJobs();
    expect((await world.fetch(`/api/deployments/${id}`)).status).toBe(404);
  });

  it('while the service was not to be reached has its deployment cancelled by the scheduled job', async () => {
    await snow.configure({ ...connected(), serviceUrl: accepting.url });
    const number = await orderAndApprove();
    await snow.configure({ ...connected(), serviceUrl: 'http://127.0.0.1:1' });
    await snow.cancel(number);
    expect(await snow.deployment(number)).toMatchObject({ status: 'cancelling' });
    await snow.configure({ ...connected(), serviceUrl: accepting.url });
    await snow.runJobs();
    expect(accepting.requests).toContain('POST /api/deployments/x/cancel');
  });
});

describe('what goes wrong on the way is caught up on by the scheduled job', () => {
  it('a start that found no service', async () => {
    await snow.configure({ ...connected(), serviceUrl: 'http://127.0.0.1:1' });
    const number = await orderAndApprove();
    expect(await snow.deployment(number)).toMatchObject({
      status: 'requested',
      error: expect.stringContaining('fetch'),
    });
    await snow.configure(connected());
    await snow.runJobs();
    expect((await closed(number)).state).toBe(CLOSED_COMPLETE);
  });

  it('a start before the connection was set up, or with one that is not protected', async () => {
    await snow.configure({ instanceUrl: `http://${instance.host}`, secret: SECRET });
    const number = await orderAndApprove();
    expect((await snow.deployment(number))?.error).toBe(
      'Set up the connection alias "Airflow on AKS": it has no active connection with a URL.',
    );
    await snow.configure({ ...connected(), serviceUrl: 'http://airflow.example.com' });
    await snow.runJobs();
    expect((await snow.deployment(number))?.error).toContain('must begin with https://');
  });

  it.each([
    ['succeeded', CLOSED_COMPLETE, 'MY_RESOURCE_GROUP_NAME='],
    ['failed', CLOSED_INCOMPLETE, 'AvailabilityZoneNotSupported'],
  ])('a callback that never came, of a deployment that %s', async (status, state, text) => {
    instance.reply = () => 500;
    if (status === 'failed') await failCluster();
    const number = await orderAndApprove();
    await world.ended(id);
    expect(await snow.deployment(number)).toMatchObject({ status: 'running' });
    await snow.runJobs();
    expect(await closed(number)).toMatchObject({ state, close_notes: expect.stringContaining(text) });
  });

  it('a callback that never came, of a run whose place another has taken', async () => {
    instance.reply = () => 500;
    await failCluster();
    const number = await orderAndApprove();
    await world.ended(id);
    world.azure.reset();
    expect((await world.deploy({ resourceGroupName: id })).status).toBe('Succeeded');
    await snow.runJobs();
    const item = await closed(number);
    expect(item.state).toBe(CLOSED_INCOMPLETE);
    expect(item.close_notes).toContain('AvailabilityZoneNotSupported');
  });
});

describe('a message', () => {
  const ended = { id: 'x', run: 'r1', status: 'Succeeded', outputs: { A: '1' }, warnings: [] };

  beforeEach(() => snow.configure({ ...connected(), serviceUrl: accepting.url }));

  it('that is not signed, signed otherwise, changed, or old is refused with 401, and changes nothing', async () => {
    const number = await orderAndApprove();
    const data = { ...ended, correlationId: number };
    const good = message(data);
    const refused = [
      { ...good, headers: {} },
      message(data, { secret: `whsec_${Buffer.alloc(32, 8).toString('base64')}` }),
      { ...good, body: good.body.replace('"A":"1"', '"A":"2"') },
      { ...good, headers: { ...good.headers, 'webhook-id': 'msg_other' } },
      message(data, { sentAt: new Date(Date.now() - 6 * 60_000) }),
      message(data, { sentAt: new Date(Date.now() + 6 * 60_000) }),
    ];
    for (const each of refused) expect((await snow.post(each)).status).toBe(401);
    expect(await snow.deployment(number)).toMatchObject({ status: 'running' });
    // One of several signatures is enough: the sender may be changing its secret.
    const signatures = `v1,AAAA v2,BBBB ${good.headers['webhook-signature']}`;
    expect((await snow.post({ ...good, headers: { ...good.headers, 'webhook-signature': signatures } })).status).toBe(
      200,
    );
    expect(await snow.deployment(number)).toMatchObject({ status: 'succeeded', message_id: 'msg_test' });
    expect(await snow.item(number)).toMatchObject({
      state: CLOSED_COMPLETE,
      close_notes: expect.stringContaining('A=1'),
    });
  });

  it.each([0, 1])('is believed under either of two secrets, while the secret is changed (%i)', async (index) => {
    const secrets = [`whsec_${Buffer.alloc(24, 9).toString('base64')}`, SECRET];
    const number = await orderAndApprove();
    await snow.configure({ ...connected(), secret: secrets.join(' ') });
    expect((await snow.post(message({ ...ended, correlationId: number }, { secret: secrets[index] }))).status).toBe(
      200,
    );
    expect((await snow.item(number)).state).toBe(CLOSED_COMPLETE);
  });

  it('that comes again, or another after the end, changes nothing', async () => {
    const number = await orderAndApprove();
    const first = message({ ...ended, correlationId: number });
    await snow.post(first);
    const [deployment, item] = [await snow.deployment(number), await snow.item(number)];
    expect(await snow.post(first)).toEqual({ status: 200, body: { message: 'Known already.' } });
    expect((await snow.post(message({ ...ended, status: 'Failed', correlationId: number }))).status).toBe(200);
    expect(await snow.deployment(number)).toEqual(deployment);
    expect(await snow.item(number)).toEqual(item);
  });

  it('of another run, or about a step, changes nothing', async () => {
    const number = await orderAndApprove();
    const others = [
      message({ ...ended, run: 'another', correlationId: number }),
      message({ ...ended, correlationId: number }, { type: 'deployment.step_ended' }),
    ];
    for (const each of others) expect((await snow.post(each)).status).toBe(200);
    expect(await snow.deployment(number)).toMatchObject({ status: 'running', run: 'r1' });
  });

  it('that overtakes the answer to the POST counts', async () => {
    const number = await snow.order({ resource_group: id });
    await snow.duringNextCall(message({ ...ended, correlationId: number }));
    await snow.decide(number, 'approved');
    expect(await snow.deployment(number)).toMatchObject({ status: 'succeeded', outputs: '{"A":"1"}' });
    expect((await snow.item(number)).state).toBe(CLOSED_COMPLETE);
  });

  it.each([
    ['410, so that no more come, when nobody waits for its number', { ...ended, correlationId: 'RITM9999999' }, 410],
    ['400 when it names no number', ended, 400],
    ['400 when it says no end', { ...ended, status: 'Running', correlationId: 'RITM9999999' }, 400],
  ])('is answered with %s', async (_, data, status) => {
    expect((await snow.post(message(data))).status).toBe(status);
  });

  it('is asked for later with 503 while the secret is not set up', async () => {
    await snow.configure({ instanceUrl: `http://${instance.host}`, serviceUrl: world.host.url });
    expect((await snow.post(message(ended))).status).toBe(503);
    await snow.configure({ ...connected(), secret: 'not-a-secret' });
    expect((await snow.post(message(ended))).status).toBe(503);
  });
});

it('the function key goes with each request to the service, and neither it nor the secret anywhere else', async () => {
  const service = await Receiver.start();
  service.reply = () => 401;
  await snow.configure({ ...connected(), serviceUrl: `http://${service.host}/api`, key: 'the-function-key' });
  const item = await closed(await orderAndApprove());
  await service.close();
  expect(service.received).toMatchObject([
    { path: '/api/deployments', headers: { 'x-functions-key': 'the-function-key' } },
  ]);
  expect(item.close_notes).toContain('function key');
  const everything = JSON.stringify(await snow.everything());
  expect(everything).not.toContain('the-function-key');
  expect(everything).not.toContain(SECRET);
});
