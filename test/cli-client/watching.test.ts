import { afterEach, expect, it } from 'vitest';
import { type FakeAnswer, FakeService } from './fake-service.ts';
import { inProcess } from './in-process.ts';

let service: FakeService;

afterEach(() => service.close());

const NOW = new Date().toISOString();

const statusOf = (status: string, steps: readonly object[] = []) => ({
  id: 'a',
  run: '1',
  status,
  createdAt: NOW,
  names: { resourceGroupName: 'g', location: 'l' },
  steps,
});

const seen = (status: string, tag: string): FakeAnswer => ({ body: statusOf(status), headers: { etag: tag } });

/** Answers in this order, the last one for ever. */
const inOrder = (answers: readonly FakeAnswer[]) => (_: unknown, index: number) =>
  answers[index] ?? answers.at(-1) ?? {};

const start = async (...answers: readonly FakeAnswer[]) => {
  service = await FakeService.start(inOrder(answers));
};

const watch = (pace?: number) =>
  inProcess(['status', 'a', '--watch'], { url: service.url, ...(pace !== undefined && { pace }) });

const problem = (status: number, slug: string, headers: Readonly<Record<string, string>> = {}): FakeAnswer => ({
  status,
  headers,
  body: { type: `urn:airflow-on-aks:problem:${slug}`, title: 'A title', detail: 'A detail.' },
});

it('asks for changes only, and takes 304 for none', async () => {
  await start(
    seen('Running', '"1"'),
    seen('Running', '"1"'),
    { status: 304, headers: { etag: '"1"' } },
    seen('Succeeded', '"2"'),
  );
  const { code, out } = await watch();
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('Apply complete!') });
  const [, first, ...later] = service.requests;
  expect(first?.url).toBe('/api/deployments/a');
  expect(later.map(({ url }) => url)).toEqual(['/api/deployments/a?wait=10', '/api/deployments/a?wait=10']);
  expect(later.map(({ headers }) => headers['if-none-match'])).toEqual(['"1"', '"1"']);
});

it('goes on when the service fails for a while, is busy or hangs up, and says so', async () => {
  await start(
    seen('Running', '"1"'),
    seen('Running', '"1"'),
    problem(500, 'internal-error'),
    { status: 503, headers: { 'retry-after': '20' } },
    'hang up',
    problem(429, 'x'),
    seen('Succeeded', '"2"'),
  );
  const { code, err } = await watch();
  expect(code).toBe(0);
  expect(err.split('\n').slice(2)).toEqual([
    'A title: A detail. Trying again in 1s...',
    'The service answered HTTP 503. Trying again in 20s...',
    expect.stringMatching(/^The service at http:.*\/api does not answer: .*\. Trying again in 4s\.\.\.$/),
    'A title: A detail. Trying again in 8s...',
    'The service answers again.',
  ]);
});

it('survives a restart of the service', async () => {
  await start(seen('Running', '"1"'));
  const { port } = service;
  let restarted: Promise<void> | undefined;
  const restart = async () => {
    await service.close();
    service = await FakeService.start(inOrder([seen('Succeeded', '"2"')]), port);
  };
  const onLine = (line: string) => {
    if (line.includes('does not answer')) restarted ??= restart();
  };
  let begun = 0;
  await service.close();
  service = await FakeService.start(() => (begun++ < 2 ? seen('Running', '"1"') : 'hang up'), port);
  const { code, err } = await inProcess(['status', 'a', '--watch'], { url: service.url, onLine });
  await restarted;
  expect(code).toBe(0);
  expect(err).toContain('The service answers again.');
});

it('gives up when it is away for long, and says how to come back', async () => {
  await start(seen('Running', '"1"'), seen('Running', '"1"'), { status: 503 });
  const { code, err } = await watch(0.000_3);
  expect(code).toBe(69);
  expect(err).toContain('npm run cli -- status a --watch');
  expect(err).toContain('away for a quarter of an hour');
});

it.each([
  [401, 'x', 77],
  [403, 'x', 77],
  [404, 'deployment-not-found', 3],
  [400, 'invalid-request', 1],
])('does not go on after %i %s: exit %i', async (status, slug, exitCode) => {
  await start(seen('Running', '"1"'), seen('Running', '"1"'), problem(status, slug));
  const { code } = await watch();
  expect(code).toBe(exitCode);
  expect(service.requests).toHaveLength(3);
});

it('Ctrl-C leaves the deployment running and says how to come back', async () => {
  await start(seen('Running', '"1"'));
  let press = (): void => {};
  const interrupted = new Promise<void>((resolve) => {
    press = resolve;
  });
  service.requests.push = (...requests) => {
    if (service.requests.length === 4) press();
    return Array.prototype.push.apply(service.requests, requests);
  };
  const args = ['status', 'a', '--watch', '--url', service.url];
  const { code, err } = await inProcess(args, { url: 'http://unused.example', interrupted });
  expect(code).toBe(130);
  expect(err).toContain('the deployment "a" goes on');
  expect(err).toContain(`npm run cli -- status a --watch --url ${service.url}`);
  expect(service.requests.every(({ method }) => method === 'GET')).toBe(true);
});

it('the end of one that failed is exit 1; with --json there are lines for steps and one for the end', async () => {
  const steps = [{ name: 'cluster', state: 'Failed', startedAt: NOW, endedAt: NOW, attempts: 1 }];
  await start({ body: statusOf('Failed', steps) });
  expect((await watch()).code).toBe(1);
  const { code, out } = await inProcess(['status', 'a', '--watch', '--json'], { url: service.url });
  expect(code).toBe(1);
  expect(out.split('\n').map((line) => JSON.parse(line))).toEqual([
    { type: 'step', ...steps[0] },
    expect.objectContaining({
      type: 'end',
      status: 'Failed',
      exitCode: 1,
      deployment: expect.objectContaining({ id: 'a' }),
    }),
  ]);
});

it('the key goes in a header to the named address alone', async () => {
  const key = 'k3y==';
  await start({ status: 302, headers: { location: 'http://127.0.0.1:1/elsewhere' } });
  const { code, out, err } = await inProcess(['list'], { url: service.url, environment: { AIRFLOW_ON_AKS_KEY: key } });
  expect(code).toBe(1);
  expect(err).toContain('points to another address (HTTP 302)');
  expect(service.requests.map(({ url, headers }) => [url, headers['x-functions-key']])).toEqual([
    ['/api/deployments?top=50', key],
  ]);
  expect(out + err).not.toContain(key);
});

it('says so about what is not the service', async () => {
  await start({ body: { hello: 'world' } });
  const { code, err } = await inProcess(['status', 'a'], { url: service.url });
  expect(code).toBe(1);
  expect(err).toContain('is not this service, or of another release');
});
