import { expect, it } from 'vitest';
import { idsForGroup } from '../../../src/deployment/names/ids-for-group.ts';
import { deploymentIdPattern } from '../../../src/deployment/request/deployment-request.ts';

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';
const idOf = (resourceGroupName: string, subscriptionId = SUBSCRIPTION) =>
  idsForGroup({ subscriptionId, resourceGroupName })[0];

it('an id is the name of the group with a suffix', () => {
  expect(idOf('apache-airflow-rg')).toMatch(/^apache-airflow-rg-[a-z]{7}$/);
});

it('it is another one in another subscription, and always the same in one', () => {
  expect(idOf('rg')).toBe(idOf('rg'));
  expect(idOf('rg')).not.toBe(idOf('rg', '22222222-2222-4333-8444-555555555555'));
});

it.each(['rg', 'R_g.(x)', '_x_', '()', 'Ünïcode', 'x'.repeat(90), `${'x'.repeat(51)}.${'y'.repeat(38)}`])(
  'the ids for the group %j are ids, and all different',
  (group) => {
    const ids = idsForGroup({ subscriptionId: SUBSCRIPTION, resourceGroupName: group });
    expect(new Set(ids).size).toBe(5);
    for (const id of ids) expect(id).toMatch(deploymentIdPattern);
    for (const id of ids) expect(id).not.toMatch(/^-|--/);
  },
);
