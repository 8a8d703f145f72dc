import { describe, expect, it } from 'vitest';
import { canonicalSide } from '../../bench/conformance-az/canonical-side.ts';
import { ABSENT, compareSides, WHOLE } from '../../bench/conformance-az/compare-sides.ts';
import { partStore, type Store, type StoredResource, type StoredSide } from '../../bench/conformance-az/stored-side.ts';

const SUBSCRIPTION = '/subscriptions/11111111-2222-4333-8444-555555555555';
const CALLERS = {
  left: { objectId: 'aaaaaaaa-0000-4000-8000-000000000001', clientId: 'aaaaaaaa-0000-4000-8000-000000000002' },
  right: { objectId: 'bbbbbbbb-0000-4000-8000-000000000001', clientId: 'bbbbbbbb-0000-4000-8000-000000000002' },
};

const resource = (group: string, type: string, name: string, rest: object = {}): StoredResource => ({
  id: `${SUBSCRIPTION}/resourceGroups/${group}/providers/${type}/${name}`,
  name,
  type,
  ...rest,
});

const side = (name: 'left' | 'right', resources: StoredResource[]): StoredSide => ({
  resourceGroup: `${name}-group`,
  caller: CALLERS[name],
  resources,
  roleAssignments: [],
});

const differences = (left: StoredSide, right: StoredSide) =>
  compareSides(canonicalSide(left, right), canonicalSide(right, left)).differences;

const vault = (group: 'left' | 'right', name: string, properties: object) =>
  side(group, [resource(`${group}-group`, 'Microsoft.KeyVault/vaults', name, { properties })]);

describe('two ways that left the same', () => {
  it('do not differ in names, instants, callers and what the service makes up', () => {
    const make = (group: 'left' | 'right', suffix: string, digit: string) =>
      side(group, [
        resource(`${group}-group`, 'Microsoft.Storage/storageAccounts', `logs${suffix}`, {
          systemData: { createdBy: CALLERS[group].clientId, createdAt: `2026-01-0${digit}T10:00:00.000Z` },
          properties: {
            blob: `https://logs${suffix}.blob.core.windows.net/`,
            dns: `apache-air-${group}-group-${digit.repeat(8)}.hcp.azmk8s.io`,
            etag: `"0x${digit.repeat(15)}"`,
            uid: digit.repeat(24),
            version: `https://x/${digit.repeat(32)}`,
            attributes: { created: Number(digit) },
          },
        }),
      ]);
    expect(differences(make('left', 'abc', '1'), make('right', 'xyz', '2'))).toEqual([]);
  });

  it('do not differ in a cluster DNS prefix that is made of the first sixteen characters of the group', () => {
    const cluster = (resourceGroup: string): StoredSide => ({
      ...side('left', []),
      resourceGroup,
      resources: [
        resource(resourceGroup, 'Microsoft.ContainerService/managedClusters', 'c', {
          properties: { dnsPrefix: `apache-air-${resourceGroup.slice(0, 16)}-111111` },
        }),
      ],
    });
    expect(differences(cluster('a-long-resource-group'), cluster('another-long-resource-group'))).toEqual([]);
  });
});

describe('two ways that left something different', () => {
  it('differ in a value, with both values', () => {
    expect(differences(vault('left', 'a', { sku: 'standard' }), vault('right', 'b', { sku: 'premium' }))).toEqual([
      { resource: 'vaults/<vault>', property: 'properties.sku', tutorial: '"standard"', post: '"premium"' },
    ]);
  });

  it('differ in what only one has, be it a property, an item of a list or a resource', () => {
    const found = differences(
      vault('left', 'a', { policies: [{ id: 1 }], empty: {} }),
      side('right', [
        ...vault('right', 'b', { policies: [{ id: 1 }, { id: 2 }] }).resources,
        resource('right-group', 'Microsoft.X/things', 'y'),
      ]),
    );
    expect(found).toEqual([
      { resource: 'things/y', property: WHOLE, tutorial: ABSENT, post: 'present' },
      { resource: 'vaults/<vault>', property: 'properties.empty', tutorial: '{}', post: ABSENT },
      { resource: 'vaults/<vault>', property: 'properties.policies[1]', tutorial: ABSENT, post: '{"id":2}' },
    ]);
  });

  it('differ in whom a GUID means, though no two runs share one', () => {
    const granted = (group: 'left' | 'right', a: string, b: string, granted: string) =>
      side(group, [
        resource(`${group}-group`, 'Microsoft.KeyVault/vaults', 'v', { properties: { objectId: granted } }),
        resource(`${group}-group`, 'Microsoft.ManagedIdentity/userAssignedIdentities', 'i', {
          properties: { clientId: a, principalId: b },
        }),
      ]);
    const guid = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-000000000000`;
    const left = granted('left', guid('1'), guid('2'), guid('2'));
    expect(differences(left, granted('right', guid('3'), guid('4'), guid('4')))).toEqual([]);
    expect(differences(left, granted('right', guid('3'), guid('4'), guid('3')))).toEqual([
      {
        resource: 'vaults/<vault>',
        property: 'properties.objectId',
        tutorial: '"<guid of userAssignedIdentities/i properties.principalId>"',
        post: '"<guid of userAssignedIdentities/i properties.clientId>"',
      },
    ]);
  });

  it("differ in an RSA key's size and comment, not in the key", () => {
    const key = (bits: number, byte: number): string => {
      const modulus = Buffer.concat([Buffer.from([0]), Buffer.alloc(bits / 8, byte)]);
      const fields = [Buffer.from('ssh-rsa'), Buffer.from([1, 0, 1]), modulus];
      const length = (field: Buffer): Buffer => Buffer.from([0, 0, field.length >> 8, field.length & 0xff]);
      return `ssh-rsa ${Buffer.concat(fields.flatMap((field) => [length(field), field])).toString('base64')}`;
    };
    expect(
      differences(vault('left', 'a', { key: key(2048, 0xff) }), vault('right', 'b', { key: key(2048, 0xfe) })),
    ).toEqual([]);
    expect(
      differences(vault('left', 'a', { key: key(2048, 0xff) }), vault('right', 'b', { key: `${key(3072, 0xff)} me` })),
    ).toMatchObject([{ tutorial: '"ssh-rsa <2048 bits>"', post: '"ssh-rsa <3072 bits> me"' }]);
  });

  it("differ in an image's digest", () => {
    const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
    expect(
      differences(vault('left', 'a', { digest: digest('1') }), vault('right', 'b', { digest: digest('2') })),
    ).toHaveLength(1);
  });
});

describe('a store', () => {
  const store = (ids: string[]): Store => ({
    resources: ids.map((id) => ({ id, name: 'n', type: 't' })),
    deletedVaults: [],
    roleAssignments: [{ name: 'r', scope: SUBSCRIPTION, principalId: 'p', roleId: 'o' }],
  });
  const ways = [
    { resourceGroup: 'rg', caller: CALLERS.left },
    { resourceGroup: 'rg-2', caller: CALLERS.right },
  ];
  const own = [`${SUBSCRIPTION}/resourceGroups/rg`, `${SUBSCRIPTION}/resourcegroups/MC_rg_c_here/providers/a/b/c`];
  const other = [`${SUBSCRIPTION}/resourceGroups/RG-2/providers/a/b/c`];

  it('is parted by resource groups, with those that AKS makes for its nodes', () => {
    const sides = partStore(store([...own, ...other]), store([]), ways);
    expect(sides.map(({ resources }) => resources.map(({ id }) => id))).toEqual([own, other]);
  });

  it('with something in neither group, and not there before, is refused', () => {
    const stray = `${SUBSCRIPTION}/resourceGroups/rg-3`;
    expect(() => partStore(store([...own, stray]), store([]), ways)).toThrow(/rg-3/);
    expect(partStore(store([...own, stray]), store([stray]), ways)[0]?.resources).toHaveLength(2);
  });
});
