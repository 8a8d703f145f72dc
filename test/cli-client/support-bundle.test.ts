import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redact, redactText } from '../../cli/support/redact.ts';
import { newHostKeys } from '../../local/functions-host/http/host-keys.ts';
import { TestWorld } from '../support/world.ts';
import { FakeService } from './fake-service.ts';
import { inProcess } from './in-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'support-'));
const keys = newHostKeys();
let world: TestWorld;

beforeAll(async () => {
  world = await TestWorld.start({ auth: true, keys });
});

afterAll(async () => {
  await world.close();
  rmSync(directory, { recursive: true });
});

const jwt = ['{"alg":"RS256"}', '{"oid":"x"}', 'signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');
const accountKey = randomBytes(64).toString('base64');
const functionKey = `${randomBytes(40).toString('base64url')}==`;
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ format: 'pem', type: 'pkcs1' })
  .toString();

/** What others may have written into a text, and what of it nobody may see. */
const PLANTED: readonly (readonly [what: string, text: string, secret: string])[] = [
  ['a token', `Authorization: Bearer ${jwt}`, jwt],
  ['an account key', `AccountKey=${accountKey};EndpointSuffix=core.windows.net`, accountKey],
  ['a bare account key', `the key ${accountKey}`, accountKey],
  ['a function key', `code ${functionKey} is wrong`, functionKey],
  ['a private key', pem, pem.split('\n')[1] ?? ''],
  [
    'a signature in a URL',
    'https://prod-1.logic.azure.com/workflows/x?api-version=1&sp=run&sig=s3cr3t-signature',
    's3cr3t-signature',
  ],
  ['a user in a URL', 'https://ada:hunter22@registry.example.com', 'hunter22'],
  ['JSON in a text', '{"password": "hunter23", "nested": "{\\"clientSecret\\":\\"hunter24\\"}"}', 'hunter24'],
  ['a signing secret', 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', 'C2FVsBQIhrscChlQIMV'],
];

describe('what is taken out', () => {
  it.each(PLANTED)('%s', (_, text, secret) => {
    expect(redactText(text)).not.toContain(secret);
    expect(JSON.stringify(redact({ deep: [{ message: text }] }))).not.toContain(secret);
  });

  it('by the name of its property, and as a known key', () => {
    const value = {
      connectionString: 'x',
      apiKey: 'y',
      note: 'the key is short-key.',
      sshPublicKey: 'ssh-rsa AAAA',
      code: 'Conflict',
    };
    expect(redact(value, ['short-key'])).toEqual({
      connectionString: '[redacted]',
      apiKey: '[redacted]',
      note: 'the key is [redacted].',
      sshPublicKey: 'ssh-rsa AAAA',
      code: 'Conflict',
    });
  });

  it('leaves ids, addresses and what Azure says alone', () => {
    const text =
      "The client '00000000-0000-4000-8000-000000000000' may not 'Microsoft.Authorization/roleAssignments/write' over scope '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/apache-airflow-rg/providers/Microsoft.ContainerService/managedClusters/apache-airflow-aks' at https://app.azurewebsites.net/api/deployments?top=50.";
    expect(redactText(text)).toBe(text);
  });
});

const cli = (url: string, args: readonly string[], key?: string) =>
  inProcess(['support-bundle', ...args], {
    url,
    ...(key !== undefined && { environment: { AIRFLOW_ON_AKS_KEY: key } }),
  });

it('holds how the deployment stands and its histories, and no secret that the simulated Azure or the host handed out', async () => {
  await world.azure.fail({
    method: 'PUT',
    path: '/managedClusters/',
    action: {
      failOperation: { code: 'QuotaExceeded', message: `Not enough. ${pem} at https://x/y ?sig=planted-signature` },
    },
  });
  await world.deploy({ resourceGroupName: 'supported', images: [], tags: { ticket: 'CHG1' } });
  const systemKeyFile = join(directory, 'system-key');
  writeFileSync(systemKeyFile, keys.systemKeys.durabletask_extension);
  const file = join(directory, 'bundle.json');
  const args = ['supported', '--output', file, '--system-key-file', systemKeyFile];
  const { code, out } = await cli(world.host.url, args, world.key);
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`Wrote ${file}.`) });

  const text = readFileSync(file, 'utf8');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(text).toContain('QuotaExceeded');
  expect(text).toContain('TaskCompleted');
  const secrets = [
    world.key,
    keys.master,
    keys.systemKeys.durabletask_extension,
    'planted-signature',
    pem.split('\n')[1] ?? '',
    ...world.azure.simulator.secrets().map(({ value }) => value),
  ];
  expect(secrets.length).toBeGreaterThan(5);
  for (const secret of secrets) expect(text).not.toContain(secret);
});

it('holds no secret that stands in an answer, wherever in it', async () => {
  const service = await FakeService.start(({ headers }) => ({
    body: {
      run: 'abc',
      echo: headers['x-functions-key'],
      error: { message: PLANTED.map(([, text]) => text).join(' and ') },
      steps: PLANTED.map(([name, text]) => ({ name, [text]: text })),
    },
  }));
  const file = join(directory, 'planted.json');
  expect((await cli(service.url, ['x', '--output', file], 'the-key-that-was-sent')).code).toBe(0);
  await service.close();
  const bundle = readFileSync(file, 'utf8');
  expect(bundle).toContain('a signing secret');
  for (const secret of ['the-key-that-was-sent', ...PLANTED.map(([, , secret]) => secret)]) {
    expect(bundle).not.toContain(secret);
  }
});

it('says what would be in it, and writes nothing, when asked to', async () => {
  const file = join(directory, 'dry.json');
  const { code, out } = await cli(world.host.url, ['supported', '--output', file, '--dry-run'], world.key);
  expect(code).toBe(0);
  expect(out).toMatch(/^ *status +HTTP 200 +\d+ bytes$/m);
  expect(out).toContain('Nothing was written.');
  expect(existsSync(file)).toBe(false);
});

it('of a service that is down, or asks for a key, says just that', async () => {
  const service = await FakeService.start(({ url }) =>
    url.startsWith('/api/health') ? { body: { status: 'ok' } } : 'hang up',
  );
  const file = join(directory, 'down.json');
  const down = await cli(service.url, ['x', '--output', file]);
  expect(down.code).toBe(69);
  expect(down.err).toContain('did not answer 5 of 6 requests');
  expect(JSON.parse(readFileSync(file, 'utf8')).entries).toMatchObject([
    { name: 'health', status: 200, body: { status: 'ok' } },
    { name: 'contract', error: expect.stringContaining('does not answer') },
    { name: 'status' },
    { name: 'result' },
    { name: 'drift' },
    { name: 'list' },
  ]);
  await service.close();
  expect((await cli(service.url, ['x', '--output', file])).err).toContain('exists. --force replaces it.');

  const { code, out } = await cli(world.host.url, ['supported', '--output', file, '--force']);
  expect(code).toBe(0);
  expect(out).toMatch(/^ *status +HTTP 401 /m);
});
