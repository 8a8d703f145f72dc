import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import type { Progress } from '../deployment/progress.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import type { container } from '../deployment/step-contracts.ts';
import { lookAtExistence, type StepLook } from '../deployment/step-look.ts';
import { doneAfter } from './done-after.ts';

type Input = z.infer<typeof container.input>;
type Value = z.infer<typeof container.value>;

export const lookAtContainer = async (input: Input): Promise<StepLook<Value>> => {
  const { resourceGroupName, storageAccountName, storageContainerName } = input;
  const { blobContainers } = armClients(input.subscriptionId).storage;
  const account = resourceId(input, 'Microsoft.Storage/storageAccounts', storageAccountName);
  const id = `${account}/blobServices/default/containers/${storageContainerName}`;
  const existing = await findOrUndefined(
    blobContainers.get(resourceGroupName, storageAccountName, storageContainerName),
  );
  return lookAtExistence(id, existing !== undefined, { id });
};

/** Makes the blob container, through Resource Manager: this takes no account key and no way into the data plane. */
export const ensureContainer = async (input: Input): Promise<Progress<Value>> => {
  const { resourceGroupName, storageAccountName, storageContainerName } = input;
  const look = await lookAtContainer(input);
  if (look.action === 'create') {
    const { blobContainers } = armClients(input.subscriptionId).storage;
    await blobContainers.create(resourceGroupName, storageAccountName, storageContainerName, { publicAccess: 'None' });
  }
  return doneAfter(look, { id: look.resourceId });
};
