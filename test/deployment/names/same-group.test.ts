import { expect, it } from 'vitest';
import { isSameGroup, isSamePlace } from '../../../src/deployment/names/same-group.ts';

const group = { subscriptionId: 'a1', resourceGroupName: 'rg' };

it.each([
  [group, true],
  [{ subscriptionId: 'A1', resourceGroupName: 'RG' }, true],
  [{ ...group, subscriptionId: 'a2' }, false],
  [{ ...group, resourceGroupName: 'rg2' }, false],
])('%j is the same group: %s', (other, same) => {
  expect(isSameGroup(group, other)).toBe(same);
  expect(isSameGroup(other, group)).toBe(same);
});

it.each([
  [group, true],
  [{ ...group, subscriptionId: 'A1' }, true],
  [{ ...group, resourceGroupName: 'RG' }, false],
  [{ ...group, subscriptionId: 'a2' }, false],
])('%j is the same place of a deployment: %s', (other, same) => {
  expect(isSamePlace(group, other)).toBe(same);
  expect(isSamePlace(other, group)).toBe(same);
});
