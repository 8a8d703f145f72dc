import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { OtlpReceiver } from '../support/otlp-receiver.ts';
import { Receiver } from '../support/receiver.ts';
import { TestWorld } from '../support/world.ts';

const directory = mkdtempSync(join(tmpdir(), 'secrets-'));
let world: TestWorld;
let collector: OtlpReceiver;

beforeAll(async () => {
  collector = await OtlpReceiver.start();
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  process.env.OTEL_EXPORTER_OTLP_PROTOCOL = 'http/json';
  // It would count every five minutes of the days for which callbacks are sent again.
  process.env['AzureWebJobs.reportDeployments.Disabled'] = 'true';
  world = await TestWorld.start({ store: join(directory, 'hub.sqlite') });
});

afterAll(async () => {
  await world.close();
  await collector.close();
  rmSync(directory, { recursive: true });
});

/** Everything that was stored, logged, answered (the kubeconfig, which is asked for, apart) or sent as telemetry. */
const everythingWritten = async (answers: readonly string[]): Promise<string> => {
  await world.host.app.terminate();
  await world.tracer?.flush();
  const sent = collector.bodies.map(({ text }) => text);
  expect(sent.length).toBeGreaterThan(0);
  const stored = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'latin1'));
  return [...stored, ...world.logs, ...answers, ...sent].join('\n');
};

/** The forms in which a secret could hide. */
const formsOf = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
];

const leaksIn = (text: string): string[] =>
  world.azure.simulator
    .secrets()
    .filter(({ kind, value }) => isSecret(kind, value) && formsOf(value).some((form) => text.includes(form)))
    .map(({ kind }) => kind);

/** The vault's secret that holds the storage account's name is public. */
const isSecret = (kind: string, value: string): boolean => kind !== 'vault-secret' || !value.startsWith('airflowsasa');

it('no secret that Azure handed out is stored, logged or answered, however the deployment goes', async () => {
  const answers: string[] = [];
  const read = async (path: string) => answers.push(await (await world.fetch(path)).text());

  expect((await world.deploy({})).status).toBe('Succeeded');
  expect((await world.post({}, '/api/deployments/apache-airflow-rg/kubeconfig')).status).toBe(200);
  // A plan asks the registry itself, with tokens of its own.
  const plan = await world.post({}, '/api/plans?commands=az');
  expect(plan.status).toBe(200);
  answers.push(await plan.text());
  expect(world.azure.simulator.secrets().some(({ kind }) => kind === 'registry-token')).toBe(true);
  await world.azure.fail(
    { method: 'POST', path: '/listKeys', times: 2, action: { drop: 'after' } },
    { method: 'PUT', path: '/secrets/AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY', times: 2, action: { drop: 'before' } },
    {
      method: 'PUT',
      path: '/secrets/AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY',
      nth: 3,
      action: { answer: { status: 403, code: 'AuthorizationFailed', message: 'You may not.' } },
    },
  );
  const failed = await world.deploy({ resourceGroupName: 'second', images: [] });
  expect(failed).toMatchObject({ status: 'Failed', error: { step: 'secrets' } });
  // Cancelled, undone, and made again with what was deleted recovered.
  await world.post({ resourceGroupName: 'third', images: [] });
  answers.push(await (await world.post({}, '/api/deployments/third/cancel')).text());
  expect((await world.ended('third')).status).toBe('Cancelled');
  const undo = await world.fetch('/api/deployments/second?confirm=second', { method: 'DELETE' });
  answers.push(await undo.text());
  await world.undone('second');
  expect((await world.deploy({ resourceGroupName: 'second', images: [] })).status).toBe('Succeeded');
  const vault = world.azure.simulator.resources().find(({ type }) => type === 'Microsoft.KeyVault/vaults');
  const secret = `${vault?.properties?.vaultUri}secrets/AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY?api-version=7.5`;
  expect((await world.azure.somebodyElse('DELETE', secret)).status).toBe(200);
  expect((await world.deploy({})).status).toBe('Succeeded');

  // The check for drift reads with the same rights as a plan, and keeps what it found.
  const { hub } = world.host;
  await hub.start({ name: 'driftCheck', instanceId: 'drift-check', input: '{}' });
  await hub.waitFor('drift-check', ['Completed']);
  await hub.waitFor('r:apache-airflow-rg', ['Completed']);

  for (const id of ['apache-airflow-rg', 'second', 'third']) {
    await read(`/api/deployments/${id}/drift`);
    await read(`/api/deployments/${id}`);
    await read(`/api/deployments/${id}/result`);
    await read(`/api/deployments/${id}/outputs`);
    await read(`/runtime/webhooks/durabletask/instances/d:${id}?showHistory=true&showHistoryOutput=true`);
  }

  const kinds = new Set(world.azure.simulator.secrets().map(({ kind }) => kind));
  expect([...kinds]).toEqual(
    expect.arrayContaining(['token', 'storage-account-key', 'vault-secret', 'kubeconfig', 'kubeconfig-token']),
  );
  const written = await everythingWritten(answers);
  expect(written.length).toBeGreaterThan(100_000);
  expect(leaksIn(written)).toEqual([]);
});

it('of a callback URL nothing but its sealed form is stored, logged or answered, whoever refuses it', async () => {
  const signature = 'Q3VyaW91cy1zaWduYXR1cmUtb2YtYS1sb2dpYy1hcHA';
  const key = Buffer.alloc(32, 5).toString('base64');
  const secret = `whsec_${Buffer.alloc(32, 6).toString('base64')}`;
  const receiver = await Receiver.start();
  vi.stubEnv('CALLBACK_ENCRYPTION_KEY', key);
  vi.stubEnv('CALLBACK_SIGNING_SECRET', secret);
  vi.stubEnv('CALLBACK_ALLOWED_HOSTS', `${receiver.host}, localhost, 127.0.0.1:1`);
  const answers: string[] = [];
  const read = async (response: Promise<Response>) => answers.push(await (await response).text());
  const path = `/workflows/0123/${signature}?sv=1.0&sig=${signature}`;
  // Answered, redirected, at an address that is not public, not listened at, not on the list, no URL at all.
  const replies = [500, { status: 302, headers: { Location: receiver.url(path) } }, 204] as const;
  receiver.reply = (_, count) => replies[count - 1] ?? 204;
  const urls = [receiver.url(path), `https://localhost${path}`, `http://127.0.0.1:1${path}`];
  const ids = urls.map((_, index) => `told-${index}`);
  for (const [index, callbackUrl] of urls.entries()) {
    await read(world.post({ resourceGroupName: ids[index], images: [], callbackUrl }));
    await read(world.post({ resourceGroupName: ids[index], images: [], callbackUrl: `${callbackUrl}&x=1` }));
  }
  await read(world.post({ resourceGroupName: 'told-not', callbackUrl: `https://hooks.example.com${path}` }));
  await read(world.post({ resourceGroupName: 'told-not', callbackUrl: path }));
  for (const id of ids) {
    const { run } = await world.ended(id);
    await world.instanceEnded(`c:${id}:${run}`);
    await read(world.fetch(`/api/deployments/${id}`));
    await read(
      world.fetch(
        `/runtime/webhooks/durabletask/instances/c:${id}:${run}?showHistory=true&showHistoryOutput=true&showInput=true`,
      ),
    );
  }
  await read(world.fetch('/api/deployments'));
  expect(receiver.received).toHaveLength(replies.length);
  await receiver.close();
  vi.unstubAllEnvs();

  const written = await everythingWritten(answers);
  expect(written).toContain('sealedUrl');
  for (const hidden of [signature, '/workflows/0123', key, secret.slice('whsec_'.length)]) {
    for (const form of formsOf(hidden)) expect(written.includes(form), form).toBe(false);
  }
});

it('the search finds a secret in any of its forms', async () => {
  const secret = world.azure.simulator.secrets().find(({ kind }) => kind === 'storage-account-key')?.value ?? '';
  for (const form of formsOf(secret)) expect(leaksIn(`before ${form} after`)).toContain('storage-account-key');
});
