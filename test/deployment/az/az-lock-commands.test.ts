import { describe, expect, it } from 'vitest';
import { lockCommands } from '../../../src/deployment/az/az-lock-commands.ts';
import { aDeployment } from '../../support/a-deployment.ts';

const deployment = aDeployment({ resourceGroupName: 'rg', lock: 'CanNotDelete' });
const LOCK = 'az lock create --name airflow-on-aks-rg --lock-type CanNotDelete';
const OWN = [
  '/subscriptions/s/resourceGroups/rg/providers/A/a/own',
  '/subscriptions/s/resourceGroups/rg/providers/B/b/x',
];
const IN_GROUP = '/subscriptions/s/resourceGroups/rg/providers';

describe('the commands of a lock', () => {
  it.each([
    undefined,
    `${IN_GROUP}/Microsoft.Authorization/locks/l`,
    `${IN_GROUP}/Microsoft.Authorization/locks/l`.toLowerCase(),
  ])('lock the group when the plan names %s', (lockedId) => {
    expect(lockCommands(deployment, lockedId, OWN)).toEqual([`${LOCK} --resource-group rg`]);
  });

  it.each([
    `${IN_GROUP}/A/a/own/providers/Microsoft.Authorization/locks/l`,
    `${IN_GROUP}/MicrosoftXAuthorization/locks/l`,
    '/subscriptions/s/resourceGroups/rg',
    '/subscriptions/s/providers/Microsoft.Authorization/locks/l',
    `/tenants/t${IN_GROUP}/Microsoft.Authorization/locks/l`,
    '/subscriptions//resourceGroups/rg/providers/Microsoft.Authorization/locks/l',
    '/subscriptions/s/resourceGroups//providers/Microsoft.Authorization/locks/l',
  ])('lock each resource of its own when the plan names %s', (lockedId) => {
    expect(lockCommands(deployment, lockedId, OWN)).toEqual(OWN.map((id) => `${LOCK} --resource ${id}`));
  });
});
