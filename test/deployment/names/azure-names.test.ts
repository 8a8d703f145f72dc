import { describe, expect, it } from 'vitest';
import { clusterDnsPrefix, nameRules, nodeResourceGroupName } from '../../../src/deployment/names/azure-names.ts';

const x = (length: number): string => 'x'.repeat(length);

describe.each([
  ['resourceGroup', ['a', '(A).b-c_9', x(90), '-', '.a'], ['', x(91), 'a.', 'a b', 'a/b', 'ä', '.', 'a\n']],
  ['identity', ['a-_', '9aZ', x(128)], ['', 'ab', x(129), '-ab', '_ab', 'a.b', 'abc ', ' abc']],
  [
    'keyVault',
    ['a12', 'A-b-9', x(24), `x${'1'.repeat(23)}`],
    ['ab', x(25), '1ab', '-ab', 'ab-', 'a--b', 'ab--c', 'a_b', 'abc ', ' abc'],
  ],
  ['registry', ['abcde', 'AbC09', x(50)], ['abcd', x(51), 'abc-de', 'abcde ', ' abcde']],
  ['storageAccount', ['abc', '0a9', x(24)], ['ab', x(25), 'abC', 'ab-c', 'abc ', ' abc']],
  ['blobContainer', ['abc', '0-a-9', x(63)], ['ab', x(64), 'Abc', 'abC', '-ab', 'ab-', 'a--b', 'a_b', 'abc ', ' abc']],
  ['cluster', ['a', '9', 'aZ', 'a_b-C', x(63)], ['', x(64), '-a', '_a', 'a-', 'a_', 'a.b', 'a ', ' a']],
  ['kubernetesName', ['a', '9', 'ab', 'a-b', x(63)], ['', x(64), 'A', '-a', 'a-', 'a_b', 'aB', 'a ', ' a']],
] as const)('the name of a %s', (kind, taken, refused) => {
  const { pattern } = nameRules[kind];

  it.each(taken)('may be %j', (name) => {
    expect(name).toMatch(pattern);
  });

  it.each(refused)('may not be %j', (name) => {
    expect(name).not.toMatch(pattern);
  });
});

it('AKS puts the nodes into a group of their own', () => {
  expect(nodeResourceGroupName('rg', 'aks', 'eastus')).toBe('MC_rg_aks_eastus');
});

// As `az aks create` names it; another name would be another address of the API server.
it.each([
  ['apache-airflow-aks', 'apache-airflow-rg', 'apache-air-apache-airflow-r-111111'],
  ['a_b', '(r.g)_1', 'ab-rg1-111111'],
  ['9lives', 'rg', 'a9lives-rg-111111'],
  ['1234567890x', 'rg', 'a123456789-rg-111111'],
])('the DNS prefix of the cluster %s in %s is %s', (cluster, resourceGroup, prefix) => {
  expect(clusterDnsPrefix(cluster, resourceGroup, '11111111-2222-4333-8444-555555555555')).toBe(prefix);
});
