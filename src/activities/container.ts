import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { container } from '../deployment/step-contracts.ts';
import { stepActivity } from './step-activity.ts';

/** The blob container, through Resource Manager: this takes no account key and no way into the data plane. */
export const containerActivity = stepActivity(container, async (input) => {
  const { resourceGroupName, storageAccountName, storageContainerName } = input;
  const { blobContainers } = armClients(input.subscriptionId).storage;
  const account = resourceId(input, 'Microsoft.Storage/storageAccounts', storageAccountName);
  const id = `${account}/blobServices/default/containers/${storageContainerName}`;
  const value = { id };

  const existing = await findOrUndefined(
    blobContainers.get(resourceGroupName, storageAccountName, storageContainerName),
  );
  if (existing) return { kind: 'done', value, change: 'unchanged', resourceId: id };
  await blobContainers.create(resourceGroupName, storageAccountName, storageContainerName, { publicAccess: 'None' });
  return { kind: 'done', value, change: 'created', resourceId: id };
});
