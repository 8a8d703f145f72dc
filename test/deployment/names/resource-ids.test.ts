import { expect, it } from 'vitest';
import { resourceGroupId, resourceId } from '../../../src/deployment/names/resource-ids.ts';

it('is written as Azure writes it', () => {
  expect(resourceGroupId('s', 'rg')).toBe('/subscriptions/s/resourceGroups/rg');
  expect(resourceId({ subscriptionId: 's', resourceGroupName: 'rg' }, 'Microsoft.KeyVault/vaults', 'v')).toBe(
    '/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v',
  );
});
