import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sshKeyImplementation } from '../../src/activities/ssh-key.ts';
import { openSshRsaPublicKey } from '../../src/deployment/names/open-ssh-key.ts';
import { sshKey } from '../../src/steps/ssh-key.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { anSshPublicKey } from '../support/an-ssh-public-key.ts';
import { callActivity, deploymentAir, stepInput } from '../support/call-activity.ts';
import { NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';
import { aCluster, CLUSTER, NODES_KEY } from './a-cluster.ts';

const azure = useScriptedAzure();

const SECRET = `${GROUP}/providers/Microsoft.KeyVault/vaults/kvair/secrets/aks-ssh-private-key`;
const GET_CLUSTER = `GET ${CLUSTER}`;
const GET = `GET ${SECRET}`;
const PUT = `PUT ${SECRET}`;

const input = (body: object = {}) => stepInput(sshKey, deploymentAir(body));
const inspect = () => sshKeyImplementation.inspect(input());
const apply = () => callActivity(sshKeyImplementation.activity, input());

const writtenSchema = z.object({
  tags: z.record(z.string(), z.string()),
  properties: z.object({ value: z.string(), contentType: z.string() }),
});

/** What the vault was given. */
const written = () => writtenSchema.parse(azure.request(PUT).body);

const aSecret = (tags: object | undefined) => ({ body: { tags, properties: { secretUri: 'https://x' } } });

/** The tags that a secret with this public key has. */
const tagsOf = async (): Promise<Readonly<Record<string, string>>> => {
  azure.on(GET_CLUSTER, NOT_FOUND);
  azure.on(GET, NOT_FOUND);
  azure.on(PUT, aSecret({}));
  await apply();
  return written().tags;
};

const keyOf = (tags: Readonly<Record<string, string>>): string =>
  `${tags['ssh-public-key-1']}${tags['ssh-public-key-2']}`;

describe('nodes without a cluster yet', () => {
  it('get a new pair, whose private half is in the vault alone', async () => {
    // The vault shows the tags that it was given.
    azure.on(GET_CLUSTER, NOT_FOUND);
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, ({ body }) => {
      const secret = { body: { ...Object(body), properties: { secretUri: 'https://x' } } };
      azure.on(GET, secret);
      return secret;
    });
    const result = await apply();
    const { tags, properties } = written();
    const publicKey = keyOf(tags);
    expect(result).toEqual({ kind: 'done', value: { publicKey }, change: 'created', resourceId: SECRET });
    expect(properties.contentType).toBe('application/x-pem-file');
    expect(properties.value).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
    const pair = createPublicKey(createPrivateKey(properties.value));
    const { n = '', e = '' } = pair.export({ format: 'jwk' });
    expect(publicKey).toBe(openSshRsaPublicKey({ n, e }, 'aks-nodes'));
    expect(pair.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(tags).toEqual({
      'ssh-public-key-1': publicKey.slice(0, 256),
      'ssh-public-key-2': publicKey.slice(256),
      'ssh-public-key-sha256': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('are planned to get one', async () => {
    azure.on(GET_CLUSTER, NOT_FOUND);
    azure.on(GET, NOT_FOUND);
    expect(await inspect()).toEqual({ action: 'create', changes: [], resourceId: SECRET });
  });

  it('get the pair that the vault has', async () => {
    const tags = await tagsOf();
    azure.on(GET, aSecret(tags));
    const value = { publicKey: keyOf(tags) };
    expect(await inspect()).toEqual({ action: 'unchanged', changes: [], resourceId: SECRET, value });
    expect(await apply()).toEqual({ kind: 'done', value, change: 'unchanged', resourceId: SECRET });
  });

  it('get the pair of another call that was faster', async () => {
    const tags = await tagsOf();
    azure.on(GET, NOT_FOUND, aSecret(tags));
    expect(await apply()).toMatchObject({ value: { publicKey: keyOf(tags) }, change: 'created' });
  });

  it('get their own pair when the vault does not show which one it kept', async () => {
    azure.on(GET_CLUSTER, NOT_FOUND);
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, aSecret({}));
    expect(await apply()).toMatchObject({ value: { publicKey: keyOf(written().tags) } });
  });

  const other = anSshPublicKey();

  it.each([
    ['has no tags', () => undefined],
    ['has other tags', () => ({ owner: 'me' })],
    ['has half of it', (tags: object) => ({ ...tags, 'ssh-public-key-2': undefined })],
    ['has the other half', (tags: object) => ({ ...tags, 'ssh-public-key-1': undefined })],
    ['has another one', (tags: object) => ({ ...tags, 'ssh-public-key-1': other.slice(0, 256) })],
    [
      'has something else',
      () => ({ 'ssh-public-key-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }),
    ],
  ])('get a new pair when the secret %s', async (_, changed) => {
    const tags = changed(await tagsOf());
    azure.on(GET, aSecret(tags));
    expect(await inspect()).toEqual({ action: 'update', changes: [], resourceId: SECRET });
    expect(await apply()).toMatchObject({ kind: 'done', change: 'updated', resourceId: SECRET });
    expect(azure.requests.at(-2)).toMatchObject({
      route: PUT,
      body: { tags: { ...(tags && 'owner' in tags && { owner: 'me' }), 'ssh-public-key-2': expect.any(String) } },
    });
  });
});

describe('nodes of a cluster that exists', () => {
  it.each([
    ['keep their key', {}, NODES_KEY],
    ['stay without', { linuxProfile: undefined }, ''],
  ])('%s', async (_, properties, publicKey) => {
    azure.on(GET_CLUSTER, { body: aCluster(properties) });
    expect(await inspect()).toEqual({
      action: 'unchanged',
      changes: [],
      resourceId: SECRET,
      value: { publicKey },
    });
    expect(await apply()).toEqual({ kind: 'done', value: { publicKey }, change: 'unchanged', resourceId: SECRET });
    expect(azure.routes).toEqual([GET_CLUSTER, GET_CLUSTER]);
  });
});

it('the vault may be in another group', async () => {
  const theirs = `${GROUP.replace('/rg', '/theirs')}/providers/Microsoft.KeyVault/vaults/kvtheirs`;
  const secret = `${theirs}/secrets/aks-ssh-private-key`;
  azure.on(GET_CLUSTER, NOT_FOUND);
  azure.on(`GET ${secret}`, NOT_FOUND);
  azure.on(`PUT ${secret}`, aSecret({}));
  const elsewhere = input({ keyVaultName: undefined, existing: { keyVaultId: theirs } });
  expect(await callActivity(sshKeyImplementation.activity, elsewhere)).toMatchObject({ resourceId: secret });
});
