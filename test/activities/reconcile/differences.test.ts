import { describe, expect, it } from 'vitest';
import {
  desiredDifferences,
  differing,
  immutableDifferences,
  immutableMessage,
  listText,
  mergeTags,
  newTags,
  requireEqual,
  tagDifferences,
} from '../../../src/activities/reconcile/differences.ts';
import { AzureOperationError } from '../../../src/azure/failures/azure-failure.ts';

describe('properties that may be changed', () => {
  it('are reported with what is there and what is wanted', () => {
    const pairs = {
      tier: ['Free', 'Standard'],
      nodeCount: [3, 3],
      oidc: [undefined, true],
      key: ['ssh-rsa', undefined],
      admin: [true, false],
      none: [undefined, undefined],
    } as const;
    expect(differing(pairs)).toEqual([
      { property: 'tier', from: 'Free', to: 'Standard' },
      { property: 'oidc', from: 'not set', to: 'true' },
      { property: 'key', from: 'ssh-rsa', to: 'not set' },
      { property: 'admin', from: 'true', to: 'false' },
    ]);
  });

  it('are compared with those that the service hardens', () => {
    const existing = { rbac: false, tls: null, sku: 'A', other: 1 };
    expect(desiredDifferences(existing, { rbac: true, tls: '1.2', sku: 'A', purge: true })).toEqual([
      { property: 'rbac', from: 'false', to: 'true' },
      { property: 'tls', from: 'not set', to: '1.2' },
      { property: 'purge', from: 'not set', to: 'true' },
    ]);
  });
});

describe('tags', () => {
  it.each([
    ['are missing', undefined, [{ property: 'tags.team', from: 'not set', to: 'data' }]],
    ['have another value', { team: 'web' }, [{ property: 'tags.team', from: 'web', to: 'data' }]],
    ['are there', { theirs: '1', team: 'data' }, []],
    ['are there in other letters', { TEAM: 'data' }, []],
  ])('that %s', (_, existing, differences) => {
    expect(tagDifferences(existing, [['team', 'data']])).toEqual(differences);
  });

  it('are found whatever the case in which the request writes them', () => {
    expect(tagDifferences({ team: 'data' }, [['Team', 'data']])).toEqual([]);
  });

  it('of others stay, and give way to those of the same name', () => {
    expect(mergeTags({ TEAM: 'web', theirs: '1' }, [['Team', 'data']])).toStrictEqual({ theirs: '1', Team: 'data' });
    expect(mergeTags({ team: 'web' }, [])).toStrictEqual({ team: 'web' });
    expect(mergeTags(undefined, [['a', 'b']])).toStrictEqual({ a: 'b' });
  });

  it('of something new say whose it is', () => {
    expect(newTags({ tags: [['team', 'data']], deploymentId: 'd1' })).toStrictEqual({
      team: 'data',
      'airflow-on-aks-deployment': 'd1',
    });
    expect(newTags({ tags: [], deploymentId: 'd1', requestedBy: 'me' })).toStrictEqual({
      'airflow-on-aks-deployment': 'd1',
      'airflow-on-aks-requested-by': 'me',
    });
  });
});

describe('properties that cannot be changed', () => {
  it('are the same whatever their case and spaces', () => {
    expect(immutableDifferences({ location: ['East US 2', 'eastus2'], zones: ['none', 'none'] })).toEqual([]);
  });

  it('are reported when they differ', () => {
    const pairs = { location: ['West US', 'East US'], kind: [undefined, 'StorageV2'] } as const;
    const differences = [
      { property: 'location', from: 'West US', to: 'East US' },
      { property: 'kind', from: 'not set', to: 'StorageV2' },
    ];
    expect(immutableDifferences(pairs)).toEqual(differences);
    expect(differences.map((difference) => immutableMessage('/r', difference))).toEqual([
      'location of /r is West US and cannot be changed to East US.',
      'kind of /r is not set and cannot be changed to StorageV2.',
    ]);
  });

  it('let the first of them end the step', () => {
    const check = () => requireEqual('/r', { kind: ['A', 'a'], location: ['a', 'b'], sku: ['c', 'd'] });
    expect(check).toThrow(AzureOperationError);
    expect(check).toThrow('ImmutableDifference: location of /r is a and cannot be changed to b.');
    expect(() => requireEqual('/r', { kind: ['A', 'a'] })).not.toThrow();
  });
});

it.each([
  [undefined, undefined],
  [[], undefined],
  [['a'], 'a'],
  [['b', 'a', 'c'], 'a, b, c'],
])('the list %j is compared as %s', (list, text) => {
  expect(listText(list)).toBe(text);
});
