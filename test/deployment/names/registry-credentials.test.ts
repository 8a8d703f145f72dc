import { describe, expect, it } from 'vitest';
import {
  credentialsFor,
  REGISTRY_TAG,
  registryCredentialsSchema,
} from '../../../src/deployment/names/registry-credentials.ts';

const SECRET = 'https://team-vault.vault.azure.net/secrets/docker-user';
const VERSION = 'a'.repeat(32);
const credentials = { registry: 'docker.io', usernameSecretId: SECRET, passwordSecretId: SECRET };

const messagesOf = (value: object): string[] =>
  (registryCredentialsSchema.safeParse({ ...credentials, ...value }).error?.issues ?? []).map(({ message }) => message);

describe('the id of a secret', () => {
  it.each([
    SECRET,
    `${SECRET}/${VERSION}`,
    'https://abc.vault.azure.cn/secrets/a',
    'https://abc.vault.usgovcloudapi.net/secrets/a',
    `https://${'v'.repeat(24)}.vault.azure.net/secrets/${'s'.repeat(127)}`,
    SECRET.toUpperCase(),
  ])('may be %s', (id) => {
    expect(messagesOf({ usernameSecretId: id, passwordSecretId: id })).toEqual([]);
  });

  it.each([
    SECRET.replace('https', 'http'),
    SECRET.replace('team-vault', '1team'),
    SECRET.replace('team-vault', 'team-'),
    SECRET.replace('team-vault', 'ab'),
    SECRET.replace('team-vault', 'v'.repeat(25)),
    SECRET.replace('team-vault.vault', 'team-vaultxvault'),
    SECRET.replace('.azure.net', '.azure.net.example.com'),
    SECRET.replace('.azure.net', 'xazurexnet'),
    'https://abc.vault.azurexcn/secrets/a',
    'https://abc.vault.usgovcloudapixnet/secrets/a',
    SECRET.replace('secrets', 'keys'),
    SECRET.replace('docker-user', 'docker_user'),
    SECRET.replace('docker-user', ''),
    `https://abc.vault.azure.net/secrets/${'s'.repeat(128)}`,
    `${SECRET}/${VERSION}a`,
    `${SECRET}/${VERSION.slice(1)}`,
    `${SECRET}/${'g'.repeat(32)}`,
    `${SECRET}?x=1`,
    ` ${SECRET}`,
    `x${SECRET}`,
  ])('may not be %s', (id) => {
    const message =
      'must be the id of a Key Vault secret: https://<vault>.vault.azure.net/secrets/<name>, or with /<version>';
    expect(messagesOf({ usernameSecretId: id })).toEqual([message]);
    expect(messagesOf({ passwordSecretId: id })).toEqual([message]);
  });
});

describe('the registry', () => {
  it.each(['docker.io', 'a-b.c-d.e9'])('may be %s', (registry) => {
    expect(messagesOf({ registry })).toEqual([]);
  });

  it.each([
    'Docker.io',
    'localhost',
    'docker.',
    '.io',
    'docker..io',
    'docker.io/a',
    'docker.io:5000',
    ' docker.io',
    'docker_x.io',
  ])('may not be %j', (registry) => {
    expect(messagesOf({ registry })).toEqual([expect.stringMatching(/^must be the registry's host .*docker\.io$/)]);
  });
});

it('a password itself has no place', () => {
  expect(registryCredentialsSchema.safeParse({ ...credentials, password: 'x' }).success).toBe(false);
});

it('the secret says by its tag where it may be sent', () => {
  expect(REGISTRY_TAG).toBe('airflow-on-aks-registry');
});

it.each([
  ['docker.io/a:1', 'docker.io'],
  ['DOCKER.io/a:1', 'docker.io'],
  ['quay.io/docker.io:1', undefined],
])('%s gets the credentials of %s', (source, registry) => {
  const list = [{ ...credentials, registry: 'ghcr.io' }, credentials];
  expect(credentialsFor(source, list)?.registry).toBe(registry);
  expect(credentialsFor(source, undefined)).toBeUndefined();
});
