import { expect, it } from 'vitest';
import { isOwnedBy, OWNER_TAG, REQUESTER_TAG } from '../../../src/deployment/names/owner-tag.ts';

it.each([
  [{ 'airflow-on-aks-deployment': 'a' }, true],
  [{ 'airflow-on-aks-deployment': 'ab' }, false],
  [{ 'airflow-on-aks-requested-by': 'a' }, false],
  [{}, false],
  [undefined, false],
])('the tags %j say that the deployment a made it: %s', (tags, owned) => {
  expect(isOwnedBy('a', tags)).toBe(owned);
});

it('who asked stands in a tag of its own', () => {
  expect([OWNER_TAG, REQUESTER_TAG]).toEqual(['airflow-on-aks-deployment', 'airflow-on-aks-requested-by']);
});
