import { describe, expect, it } from 'vitest';
import { parseDeploymentRequest } from '../../src/deployment/request/parse-request.ts';

/** What a URL or a client resolves to another path than the one that was checked. */
const SEGMENTS = [
  '',
  '.',
  '..',
  '...',
  '%2e%2e',
  '%2F',
  '..%2f',
  'a%2Fb',
  'a/b',
  'a/../b',
  '../a',
  'a\\b',
  '..\\',
  'a?b',
  'a#b',
  'a;b',
  'a b',
  'a\u0000',
  'a\n',
  '\u202ea',
];

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

/** Whole ids, each with its segments. */
const IDS: Readonly<Record<string, readonly string[]>> = {
  registryId: [
    'subscriptions',
    SUBSCRIPTION,
    'resourceGroups',
    'rg',
    'providers',
    'Microsoft.ContainerRegistry',
    'registries',
    'registry1',
  ],
  keyVaultId: [
    'subscriptions',
    SUBSCRIPTION,
    'resourceGroups',
    'rg',
    'providers',
    'Microsoft.KeyVault',
    'vaults',
    'vault1',
  ],
  subnetId: [
    'subscriptions',
    SUBSCRIPTION,
    'resourceGroups',
    'rg',
    'providers',
    'Microsoft.Network',
    'virtualNetworks',
    'net',
    'subnets',
    'default',
  ],
};

/** The fields whose values become a segment of a URL. */
const NAMES: readonly ((value: string) => object)[] = [
  (id) => ({ id }),
  (subscriptionId) => ({ subscriptionId }),
  (resourceGroupName) => ({ resourceGroupName }),
  (identityName) => ({ identityName }),
  (keyVaultName) => ({ keyVaultName }),
  (registryName) => ({ registryName }),
  (storageAccountName) => ({ storageAccountName }),
  (storageContainerName) => ({ storageContainerName }),
  (name) => ({ cluster: { name } }),
  (correlationId) => ({ correlationId: `a\n${correlationId}` }),
  (location) => ({ location: `/${location}` }),
  (tag) => ({ images: [{ source: 'docker.io/a/b:1', image: `b:${tag}` }] }),
  (host) => ({ images: [{ source: `${host}/a/b:1`, image: 'b:1' }] }),
];

const isTaken = (body: object): boolean => parseDeploymentRequest(body).ok;

describe.each(Object.entries(IDS))('existing.%s', (field, segments) => {
  const idOf = (all: readonly string[]): object => ({ existing: { [field]: `/${all.join('/')}` } });

  it('is taken as it is', () => {
    expect(isTaken(idOf(segments))).toBe(true);
  });

  it.each(SEGMENTS)('has no segment %j', (segment) => {
    for (const index of segments.keys()) expect(isTaken(idOf(segments.with(index, segment)))).toBe(false);
  });

  it('has nothing around it', () => {
    for (const more of ['/', '/..', '?x', '#x', '\n']) {
      expect(isTaken(idOf([...segments.slice(0, -1), `${segments.at(-1)}${more}`]))).toBe(false);
    }
    expect(isTaken({ existing: { [field]: `/${segments.join('/')}`.slice(1) } })).toBe(false);
    expect(isTaken({ existing: { [field]: `//${segments.join('/')}` } })).toBe(false);
  });
});

it.each(SEGMENTS)('no name is %j', (segment) => {
  for (const body of NAMES) expect([body(segment), isTaken(body(segment))]).toEqual([body(segment), false]);
});

/** A repository may have several segments. */
const REPOSITORIES: typeof NAMES = [
  (image) => ({ images: [{ source: 'docker.io/a/b:1', image: `${image}:1` }] }),
  (source) => ({ images: [{ source: `docker.io/${source}/b:1`, image: 'b:1' }] }),
];

it.each(SEGMENTS.filter((segment) => segment !== 'a/b'))('no repository is %j', (segment) => {
  for (const body of REPOSITORIES) expect([body(segment), isTaken(body(segment))]).toEqual([body(segment), false]);
});
