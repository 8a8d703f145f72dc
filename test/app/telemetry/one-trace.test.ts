import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { DeploymentDocument } from '../../../local/world/deployment-document.ts';
import { attributes, events, metricNames } from '../../../src/telemetry/telemetry-names.ts';
import { OtlpReceiver } from '../../support/otlp-receiver.ts';
import { Receiver } from '../../support/receiver.ts';
import { TestWorld } from '../../support/world.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const PASSWORD = 'Zx9-planted-in-an-error';

let receiver: OtlpReceiver;
let world: TestWorld;
let deployment: DeploymentDocument;

beforeAll(async () => {
  receiver = await OtlpReceiver.start();
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = receiver.url;
  process.env.OTEL_EXPORTER_OTLP_PROTOCOL = 'http/json';
  world = await TestWorld.start({ durationFactor: 1 });
  await world.azure.fail({
    method: 'PUT',
    path: '/registries/',
    times: 2,
    action: {
      answer: {
        status: 429,
        code: 'TooManyRequests',
        message: `Slow down, password=${PASSWORD}`,
        headers: { 'retry-after': '7' },
      },
    },
  });
  const accepted = await world.fetch('/api/deployments', {
    method: 'POST',
    body: JSON.stringify({}),
    headers: { traceparent: `00-${TRACE_ID}-${CALLER}-01` },
  });
  expect(accepted.status).toBe(202);
  deployment = await world.ended('apache-airflow-rg');
  await flush();
}, 30_000);

afterAll(async () => {
  await world.close();
  await receiver.close();
});

/** Everything that waits is sent: the app's at its end, the host's own too. */
const flush = async () => {
  await world.host.app.terminate();
  await world.tracer?.flush();
};

const ofTheTrace = () => receiver.spans.filter(({ traceId }) => traceId === TRACE_ID);

it('is one trace, from the POST to every request to Azure, without a gap', () => {
  expect(deployment.status).toBe('Succeeded');
  const spans = ofTheTrace();
  const ids = new Set([CALLER, ...spans.map(({ spanId }) => spanId)]);
  expect(spans.filter(({ parentSpanId }) => !ids.has(parentSpanId)).map(({ name }) => name)).toEqual([]);
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);

  const parents = new Map(spans.map((span) => [span.spanId, span]));
  const path = (spanId: string): string[] => {
    const span = parents.get(spanId);
    return span ? [...path(span.parentSpanId), span.name] : [];
  };
  const put = spans.find(({ name }) => name === 'PUT Microsoft.ContainerService/managedClusters');
  expect(path(put?.spanId ?? '')).toEqual([
    'POST api/deployments',
    'createDeployment',
    'create_orchestration:deployment@(1.0)',
    'orchestration:deployment@(1.0)',
    'orchestration:clusterBranch@(1.0)',
    'orchestration:clusterBranch@(1.0)',
    'activity:cluster',
    'activity:cluster',
    'step cluster',
    'PUT Microsoft.ContainerService/managedClusters',
  ]);
});

it('has the ids of every answer of Azure on its spans, as Azure gave them', () => {
  const answered = world.azure.simulator
    .requests()
    .filter(({ url, correlationId }) => url.startsWith('https://management.azure.com/') && correlationId);
  const known = new Map(receiver.spans.map((span) => [span.attributes[attributes.correlationId], span]));
  expect(answered.length).toBeGreaterThan(80);
  for (const { method, url, status, requestId, correlationId } of answered) {
    const span = known.get(correlationId);
    expect(span?.traceId, `${method} ${url}`).toBe(TRACE_ID);
    expect(span?.attributes).toMatchObject({
      'http.request.method': method,
      'url.full': url.replace(/&.*/, ''),
      'server.address': 'management.azure.com',
      [attributes.serviceRequestId]: requestId,
    });
    expect(Number(span?.attributes['http.response.status_code'])).toBe(status);
  }
});

it('says on steps and requests which deployment, run and step they belong to', () => {
  const { run } = deployment;
  for (const { name: step } of deployment.steps) {
    const spans = ofTheTrace().filter(({ attributes: each }) => each[attributes.step] === step);
    expect(
      spans.map(({ name }) => name),
      step,
    ).toContain(`step ${step.split(':')[0]}`);
    for (const span of spans)
      expect(span.attributes).toMatchObject({
        [attributes.deployment]: 'apache-airflow-rg',
        [attributes.run]: run,
      });
  }
});

it('counts what an operator watches', () => {
  const { value } = receiver;
  const of = (name: string, each?: Record<string, string>) => value.call(receiver, name, each);
  expect(of(metricNames.ended, { status: 'Succeeded' })).toBe(1);
  expect(of(metricNames.throttled, { provider: 'Microsoft.ContainerRegistry' })).toBe(2);
  expect(of(metricNames.stepRetries, { step: 'registry', class: 'throttle', code: 'TooManyRequests' })).toBe(2);
  const images = deployment.steps.filter(({ name }) => name.startsWith('image:')).length;
  expect(of(metricNames.stepDuration, { step: 'image', outcome: 'Succeeded' })).toBe(images);
  for (const { name, startedAt = '', endedAt = '' } of deployment.steps) {
    if (name.startsWith('image:')) continue;
    const point = receiver.points.findLast(
      (each) => each.name === metricNames.stepDuration && each.attributes.step === name,
    );
    expect(point?.count, name).toBe(1);
    expect(point?.sum, name).toBeCloseTo((Date.parse(endedAt) - Date.parse(startedAt)) / 1000, 3);
  }
});

it('logs each end of a step once, with its fields and its trace', () => {
  const told = receiver.logs.filter(({ attributes: each }) => each[attributes.event] === events.stepSucceeded);
  expect(told.map(({ attributes: each }) => each[attributes.step]).toSorted()).toEqual(
    [...deployment.steps.map(({ name }) => name), 'preflight'].toSorted(),
  );
  expect(new Set(told.map(({ traceId }) => traceId))).toEqual(new Set([TRACE_ID]));
  const ended = receiver.logs.filter(({ attributes: each }) => each[attributes.event] === events.deploymentEnded);
  expect(ended).toHaveLength(1);
  expect(ended[0]).toMatchObject({
    severityText: 'information',
    traceId: TRACE_ID,
    attributes: { [attributes.deployment]: 'apache-airflow-rg', [attributes.status]: 'Succeeded' },
  });
  const retries = receiver.logs.filter(({ attributes: each }) => each[attributes.event] === events.stepRetries);
  expect(retries).toHaveLength(2);
  expect(retries[0]).toMatchObject({
    severityText: 'warning',
    attributes: { [attributes.step]: 'registry', [attributes.code]: 'TooManyRequests' },
  });
});

it('reports how many deployments there are, and which of them get no further', async () => {
  expect(receiver.value(metricNames.deployments, { status: 'Running' })).toBe(1);
  expect(receiver.value(metricNames.stuck)).toBe(0);

  // Nobody goes on with it, while time does.
  await world.post({ resourceGroupName: 'slow', images: [] });
  await world.host.hub.suspend('d:slow', 'for the test');
  await world.pass(2 * 3600_000);
  await flush();
  expect(receiver.value(metricNames.deployments, { status: 'Succeeded' })).toBe(1);
  expect(receiver.value(metricNames.stuck)).toBe(1);
  const stuck = receiver.logs.findLast(({ attributes: each }) => each[attributes.event] === events.deploymentStuck);
  expect(stuck?.attributes).toMatchObject({ [attributes.deployment]: 'slow', [attributes.status]: 'Running' });
  await world.host.hub.resume('d:slow', 'for the test');
  expect((await world.ended('slow')).status).toBe('Succeeded');
});

it('counts and reports how deployments failed and were undone', async () => {
  await world.azure.fail(
    {
      method: 'GET',
      path: 'Microsoft.Authorization/',
      action: { answer: { status: 403, code: 'AuthorizationFailed' } },
    },
    {
      method: 'PUT',
      path: '/storageAccounts/',
      action: {
        answer: {
          status: 403,
          code: 'RequestDisallowedByPolicy',
          message: `No: https://example.com/?sig=${PASSWORD} password=${PASSWORD}`,
        },
      },
    },
  );
  expect((await world.deploy({ resourceGroupName: 'refused', images: [] })).status).toBe('Failed');
  await world.fetch('/api/deployments/refused?confirm=refused', { method: 'DELETE' });
  await world.undone('refused');
  await flush();
  expect(receiver.value(metricNames.ended, { status: 'Failed' })).toBe(1);
  expect(receiver.value(metricNames.ended, { status: 'Deleted' })).toBe(1);
  expect(receiver.value(metricNames.stepDuration, { step: 'storage', outcome: 'Failed' })).toBe(1);
  expect(receiver.value(metricNames.stepDuration, { step: 'delete', outcome: 'Succeeded' })).toBeGreaterThan(0);
  const told = receiver.logs.find(
    ({ attributes: each }) =>
      each[attributes.event] === events.deploymentEnded && each[attributes.deployment] === 'refused',
  );
  expect(told).toMatchObject({
    severityText: 'error',
    attributes: { [attributes.step]: 'storage', [attributes.code]: 'RequestDisallowedByPolicy' },
  });
  const finding = receiver.logs.find(({ attributes: each }) => each[attributes.event] === events.preflightFinding);
  expect(finding?.attributes).toMatchObject({ [attributes.deployment]: 'refused', [attributes.step]: 'preflight' });
  expect(finding?.body).toContain('could not be checked');
  const journal = world.azure.simulator.requests().findLast(({ code }) => code === 'RequestDisallowedByPolicy');
  expect(told?.attributes[attributes.correlationId]).toBe(journal?.correlationId);
});

it('reports a callback that was not delivered, but not where it was sent', async () => {
  const path = '/workflows/planted-in-a-path?sig=planted-in-a-query';
  const hooks = await Receiver.start();
  const { host } = hooks;
  hooks.reply = (_, count) => (count === 1 ? 500 : 204);
  vi.stubEnv('CALLBACK_ENCRYPTION_KEY', Buffer.alloc(32, 5).toString('base64'));
  vi.stubEnv('CALLBACK_SIGNING_SECRET', `whsec_${Buffer.alloc(32, 6).toString('base64')}`);
  vi.stubEnv('CALLBACK_ALLOWED_HOSTS', host);
  const { run } = await world.deploy({ resourceGroupName: 'told', images: [], callbackUrl: hooks.url(path) });
  await world.instanceEnded(`c:told:${run}`);
  vi.unstubAllEnvs();
  await hooks.close();
  await flush();
  const about = { [attributes.deployment]: 'told', [attributes.run]: run };
  const failed = receiver.logs.filter(({ attributes: each }) => each[attributes.event] === events.callbackFailed);
  expect(failed).toMatchObject([{ severityText: 'warning', attributes: about }]);
  expect(failed[0]?.body).toContain('the receiver answered HTTP 500');
  const sent = receiver.spans.filter(({ name }) => name === 'POST callback');
  expect(sent.map((span) => span.attributes['url.full'])).toEqual([`http://${host}`, `http://${host}`]);
  expect(sent[0]?.attributes).toMatchObject(about);
  expect(receiver.bodies.some(({ text }) => text.includes('planted-in'))).toBe(false);
});

it('shows no secret: not those of Azure, not one in the text of an error', () => {
  const everything = [...receiver.bodies.map(({ text }) => text), ...world.logs].join();
  expect(everything.includes('Slow down, password=[redacted]')).toBe(true);
  expect(everything.includes(PASSWORD)).toBe(false);
  const secrets = world.azure.simulator.secrets().filter(({ value }) => !value.startsWith('airflowsasa'));
  expect(secrets.length).toBeGreaterThan(3);
  for (const { kind, value } of secrets) expect(everything.includes(value), kind).toBe(false);
});
