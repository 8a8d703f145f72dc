import type { ManagedCluster } from '@azure/arm-containerservice';
import { describe, expect, it } from 'vitest';
import { authorizedRanges } from '../../../src/activities/reconcile/authorized-ranges.ts';

const clusterWith = (authorizedIPRanges?: string[]): ManagedCluster => ({
  location: 'eastus',
  apiServerAccessProfile: { ...(authorizedIPRanges && { authorizedIPRanges }) },
});

const NOBODY = ['0.0.0.0/32'];

describe('the API server of a hardened cluster lets in', () => {
  it('whom the request names', () => {
    expect(authorizedRanges(undefined, ['198.51.100.0/24'])).toEqual(['198.51.100.0/24']);
    expect(authorizedRanges(clusterWith(['203.0.113.7/32']), [])).toEqual([]);
  });

  it('whom an operator let in', () => {
    const operators = ['203.0.113.7/32', '198.51.100.0/30'];
    expect(authorizedRanges(clusterWith(operators), undefined)).toEqual(operators);
  });

  it.each([
    ['does not exist', undefined],
    ['has no rules', { location: 'eastus' }],
    ['lets nobody named in', clusterWith()],
    ['has an empty list, which lets everybody in', clusterWith([])],
    ['lets everybody in', clusterWith(['203.0.113.7/32', '0.0.0.0/0'])],
  ])('the cluster alone when it %s', (_, existing) => {
    expect(authorizedRanges(existing, undefined)).toEqual(NOBODY);
  });
});
