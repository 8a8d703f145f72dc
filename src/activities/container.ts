import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import { type Inspection, inspectExistence } from '../deployment/plan/inspection.ts';
import { container } from '../steps/container.ts';
import { implement } from './implement.ts';
import { doneAfter } from './reconcile/done-after.ts';

type Input = z.infer<typeof container.input>;
type Value = z.infer<typeof container.value>;

const inspectContainer = async (input: Input): Promise<Inspection<Value>> => {
  const { resourceGroupName, storageAccountName, storageContainerName } = input;
  const { blobContainers } = armClients(input.subscriptionId).storage;
  const account = resourceId(input, 'Microsoft.Storage/storageAccounts', storageAccountName);
  const id = `${account}/blobServices/default/containers/${storageContainerName}`;
  const existing = await findOrUndefined(
    blobContainers.get(resourceGroupName, storageAccountName, storageContainerName),
  );
  return inspectExistence(id, existing !== undefined, { id });
};

/** Makes the blob container, through Resource Manager: this takes no account key and no way into the data plane. */
const ensureContainer = async (input: Input): Promise<ReconcileResult<Value>> => {
  const { resourceGroupName, storageAccountName, storageContainerName } = input;
  const inspection = await inspectContainer(input);
  if (inspection.action === 'create') {
    const { blobContainers } = armClients(input.subscriptionId).storage;
    await blobContainers.create(resourceGroupName, storageAccountName, storageContainerName, { publicAccess: 'None' });
  }
  return doneAfter(inspection, { id: inspection.resourceId });
};

export const containerImplementation = implement(container, { inspect: inspectContainer, apply: ensureContainer });
