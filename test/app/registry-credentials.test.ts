import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { TestWorld } from '../support/world.ts';

const VAULT = 'https://team-secrets.vault.azure.net';
const USER = 'a-user-of-docker-hub';
const PASSWORD = 'dckr_pat_not-for-anybodys-eyes';
const IMAGE = { source: 'docker.io/example/airflow:2.9.3', image: 'airflow:2.9.3' };
const CREDENTIALS = {
  registry: 'docker.io',
  usernameSecretId: `${VAULT}/secrets/docker-hub-user`,
  passwordSecretId: `${VAULT}/secrets/docker-hub-token`,
};

const directory = mkdtempSync(join(tmpdir(), 'registry-credentials-'));
let world: TestWorld;
let nextId = 0;
let id: string;

beforeAll(async () => {
  world = await TestWorld.start({ store: join(directory, 'hub.sqlite') });
});

afterAll(async () => {
  await world.close();
  rmSync(directory, { recursive: true });
});

const elsewhere = async (method: 'PUT' | 'DELETE', url: string, body?: object): Promise<string> => {
  const { status, text } = await world.azure.somebodyElse(method, url, body);
  if (status >= 300) throw new Error(`${method} ${url}: ${status} ${text}`);
  return text;
};

const setSecret = (name: string, value: string, tags: object = { 'airflow-on-aks-registry': 'docker.io' }) =>
  elsewhere('PUT', `${VAULT}/secrets/${name}?api-version=7.5`, { value, tags });

/** The team's own vault, of which the service may read the secrets. */
beforeEach(async () => {
  id = `credentials-${nextId++}`;
  world.azure.reset();
  const group = `https://management.azure.com/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/team`;
  await elsewhere('PUT', `${group}?api-version=2021-04-01`, { location: 'canadacentral' });
  const { tenantId, objectId } = await import('../../src/azure/credential.ts').then(({ appIdentity }) => appIdentity());
  await elsewhere('PUT', `${group}/providers/Microsoft.KeyVault/vaults/team-secrets?api-version=2026-02-01`, {
    location: 'canadacentral',
    properties: {
      tenantId,
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: false,
      accessPolicies: [{ tenantId, objectId, permissions: { secrets: ['get', 'set', 'delete'] } }],
    },
  });
  await world.clock.sleep(120_000);
  await setSecret('docker-hub-user', USER);
  await setSecret('docker-hub-token', PASSWORD);
  await world.azure.changeImages({
    addPrivate: [IMAGE.source],
    accounts: [{ registry: 'docker.io', username: USER, password: PASSWORD }],
  });
});

const bodyOf = (body: object = {}) => ({
  resourceGroupName: id,
  images: [IMAGE],
  registryCredentials: [CREDENTIALS],
  ...body,
});

it('imports what takes a password; user and password are in no history, log or answer', async () => {
  const plan = await world.post(bodyOf(), '/api/plans?commands=az');
  const answers = [await plan.text()];
  const { commands, findings } = JSON.parse(answers[0] ?? '');
  expect(findings).toMatchObject([{ rule: 'not-checked', step: 'image:airflow:2.9.3' }]);
  expect(commands).toContainEqual(
    expect.stringContaining(
      `--password "$(az keyvault secret show --id ${CREDENTIALS.passwordSecretId} --query value --output tsv)"`,
    ),
  );
  const run = await world.deploy(bodyOf());
  expect(run.error).toBeUndefined();
  expect(run.status).toBe('Succeeded');
  expect(world.sent('POST', '/importImage')).toMatchObject([
    { source: { credentials: { username: USER, password: PASSWORD } } },
  ]);

  // Refused with what it was sent, as no service should.
  await world.azure.fail({
    method: 'POST',
    path: '/importImage',
    times: 20,
    action: { answer: { status: 400, code: 'BadRequest', message: `What is ${USER}:${PASSWORD} to me?` } },
  });
  const refused = await world.deploy(bodyOf({ resourceGroupName: `${id}-refused` }));
  expect(refused.error).toMatchObject({ code: 'BadRequest', message: expect.stringContaining('***:***') });
  for (const each of [id, `${id}-refused`]) {
    for (const path of [
      `/api/deployments/${each}`,
      `/runtime/webhooks/durabletask/instances/d:${each}?showHistory=true&showHistoryOutput=true&showInput=true`,
    ]) {
      answers.push(await (await world.fetch(path)).text());
    }
  }
  const stored = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'latin1'));
  const written = [...stored, ...world.logs, ...answers].join('\n');
  expect(written).toContain(CREDENTIALS.passwordSecretId);
  for (const value of [USER, PASSWORD]) {
    for (const form of [value, encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=+$/, '')]) {
      expect(written.includes(form), form).toBe(false);
    }
  }
});

it('without credentials it cannot be imported, and with wrong ones the import fails in the registry’s words', async () => {
  const without = await world.deploy(bodyOf({ registryCredentials: undefined }));
  expect(without.findings).toMatchObject([{ rule: 'source-image-missing' }]);
  await setSecret('docker-hub-token', 'another');
  const { error } = await world.deploy(bodyOf());
  expect(error).toMatchObject({
    step: 'image:airflow:2.9.3',
    code: 'InvalidParameters',
    message: expect.stringContaining('Unauthorized'),
    remedy: expect.stringContaining('`registryCredentials`'),
  });
  await setSecret('docker-hub-token', PASSWORD);
  expect((await world.deploy(bodyOf())).status).toBe('Succeeded');
});

it.each<readonly [string, () => Promise<unknown>, string]>([
  ['is absent', () => elsewhere('DELETE', `${VAULT}/secrets/docker-hub-token?api-version=7.5`), 'was not found'],
  ['is not tagged', () => setSecret('docker-hub-token', PASSWORD, {}), 'has no such tag'],
  [
    'is tagged for another registry',
    () => setSecret('docker-hub-token', PASSWORD, { 'airflow-on-aks-registry': 'quay.io' }),
    'is tagged for quay.io',
  ],
])('a secret that %s stops the deployment before anything is changed', async (_, change, reason) => {
  await change();
  const before = world.azure.simulator.requests().length;
  const { error, findings } = await world.deploy(bodyOf());
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'registry-credentials-unreadable',
      severity: 'error',
      message: expect.stringContaining(reason),
    }),
  );
  expect(error?.message).toContain(CREDENTIALS.passwordSecretId);
  const sent = world.azure.simulator.requests().slice(before);
  expect(sent.filter(({ method }) => /PUT|PATCH|DELETE/.test(method))).toEqual([]);

  const unchecked = await world.deploy(bodyOf({ skipPreflight: true }));
  expect(unchecked.error).toMatchObject({ step: 'image:airflow:2.9.3', code: 'RegistryCredentialUnreadable' });
  expect(world.sent('POST', '/importImage')).toEqual([]);
});

it.each([
  [
    [{ ...CREDENTIALS, passwordSecretId: 'https://team-secrets.vault.azure.cn/secrets/docker-hub-token' }],
    '0.passwordSecretId',
  ],
  [[{ ...CREDENTIALS, usernameSecretId: 'https://team.vault.azure.net.example.com/secrets/a' }], '0.usernameSecretId'],
  [[{ ...CREDENTIALS, usernameSecretId: 'https://team.vault.azure.net/secrets/a?b=c' }], '0.usernameSecretId'],
  [[{ ...CREDENTIALS, password: PASSWORD }], '0.password'],
  [[CREDENTIALS, CREDENTIALS], '1.registry'],
  [[{ ...CREDENTIALS, registry: 'quay.io' }], '0.registry'],
])('a body that breaks a rule is refused with the field: %#', async (registryCredentials, field) => {
  const response = await world.post(bodyOf({ registryCredentials }));
  const text = await response.text();
  expect(response.status).toBe(400);
  expect(JSON.parse(text).errors).toMatchObject([{ field: `registryCredentials.${field}` }]);
  expect(text).not.toContain(PASSWORD);
});
