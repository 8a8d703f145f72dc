import { expect, it } from 'vitest';
import { ownedResourceSchema } from '../../../src/deployment/contracts/owned-resource.ts';

const cluster = {
  name: 'cluster',
  resourceId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/c',
  apiVersion: '2025-05-01',
  usualSeconds: 300,
};

it.each([cluster, { ...cluster, unlocked: true }])('what it takes to delete a resource is kept: %j', (owned) => {
  expect(ownedResourceSchema.parse(owned)).toEqual(owned);
});

it.each(Object.keys(cluster))('without its %s a resource cannot be deleted', (field) => {
  expect(ownedResourceSchema.safeParse({ ...cluster, [field]: undefined }).success).toBe(false);
});
