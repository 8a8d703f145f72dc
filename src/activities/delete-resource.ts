import { isRestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { operationSchema } from '../azure/exchange.ts';
import { AzureOperationError } from '../azure/failures/azure-failure.ts';
import { lostAnswer } from '../azure/failures/lost-answer.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { pollOperation } from '../azure/poll-operation.ts';
import { type Submitted, submit } from '../azure/submit.ts';
import { deleteResource, purgeVault } from '../deployment/contracts/undo-contracts.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { isOwnedBy, OWNER_TAG } from '../deployment/names/owner-tag.ts';
import { isResourceGroup, partsOfGroup } from '../deployment/names/resource-ids.ts';
import { stepActivity } from './step-activity.ts';
import { surveyGroup } from './undo/survey-group.ts';

/**
 * Deletes a resource of any type; one that is gone is deleted. Right before, its tag is read again: somebody may have replaced it since it was found. Azure
 * has no delete that depends on a tag, so that this request and the next one are apart by some milliseconds.
 */
export const deleteResourceActivity = stepActivity(deleteResource, (input, checkpoint) => {
  const { resources } = armClients(input.subscriptionId).resources;
  const { resourceId, apiVersion, usualSeconds, owner, unlocked = false } = input;
  return removeUntilGone(
    {
      resourceId,
      usualSeconds,
      check: async ({ tags }) => {
        if (owner === undefined) return;
        if (!isOwnedBy(owner, tags)) throw notOwned(owner, resourceId);
        if (isResourceGroup(resourceId)) await requireWhole(owner, resourceId);
      },
      get: () => resources.getById(resourceId.slice(1), apiVersion),
      remove: () => afterUnlocking(unlocked, () => submit(() => resources.deleteById(resourceId.slice(1), apiVersion))),
    },
    checkpoint,
  );
});

/** A lock that was removed stays in force for some seconds (Azure/ResourceModules#1616): what it still refuses is tried again. */
const afterUnlocking = async <T>(unlocked: boolean, remove: () => Promise<T>): Promise<T> => {
  try {
    return await remove();
  } catch (error) {
    if (!unlocked || !isRestError(error) || error.code !== 'ScopeLocked') throw error;
    throw new AzureOperationError({ code: 'LockStillInForce', message: error.message });
  }
};

/** Purges the soft-deleted vault, after which its name is free and its secrets are lost for good. */
export const purgeVaultActivity = stepActivity(purgeVault, (input, checkpoint) => {
  const { subscriptionId, keyVaultName, location, owner } = input;
  const { vaults } = armClients(subscriptionId).vaults;
  const resourceId = `/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${keyVaultName}`;
  return removeUntilGone(
    {
      resourceId,
      check: async ({ properties }) => {
        if (owner !== undefined && !isOwnedBy(owner, properties?.tags)) throw notOwned(owner, resourceId);
      },
      usualSeconds: 30,
      get: () => vaults.getDeleted(keyVaultName, location),
      remove: () => submit(() => vaults.purgeDeleted(keyVaultName, location)),
    },
    checkpoint,
  );
});

/** @throws AzureOperationError when something is in a group now that is not the deployment's own. */
const requireWhole = async (owner: string, groupId: string): Promise<void> => {
  const survey = await surveyGroup(owner, partsOfGroup(groupId), []);
  const stranger = survey?.resources.find(({ tags }) => !isOwnedBy(owner, tags));
  if (stranger) throw notOwned(owner, stranger.id);
};

const notOwned = (owner: string, resourceId: string): AzureOperationError =>
  new AzureOperationError({
    code: 'OwnerTagChanged',
    message: `${resourceId} does not carry the tag ${OWNER_TAG}=${owner} any more. It was kept, and nothing was deleted after that.`,
  });

interface Removal<R> {
  readonly resourceId: string;
  readonly usualSeconds: number;
  get(): Promise<R>;
  /** @throws when it is not to be deleted. */
  check(found: R): Promise<void>;
  remove(): Promise<Submitted<void>>;
}

const sentSchema = z.object({
  operation: operationSchema.optional(),
  /** The connection broke before the answer: it is sent again if the resource is still there. */
  unsure: z.boolean().optional(),
});

const NOTHING_SENT = 'null';

const removeUntilGone = async <R>(
  removal: Removal<R>,
  checkpoint: string | undefined,
): Promise<ReconcileResult<Record<string, never>>> => {
  const { resourceId, usualSeconds } = removal;
  const sent = sentSchema.nullable().parse(JSON.parse(checkpoint ?? NOTHING_SENT));
  const exists = await findOrUndefined(removal.get());
  if (!exists) return { kind: 'done', value: {}, change: sent ? 'deleted' : 'unchanged', resourceId };
  if (!sent || sent.unsure) {
    await removal.check(exists);
    const { operation } = await removeOnce(removal);
    return { kind: 'running', usualSeconds, resourceId, checkpoint: JSON.stringify({ operation }) };
  }
  const operation = sent.operation ? await pollOperation(sent.operation) : undefined;
  if (operation?.state === 'failed') throw new AzureOperationError(operation.error.failure, NOTHING_SENT);
  return { kind: 'running', usualSeconds, resourceId };
};

/** What is gone after a deletion whose answer was lost was deleted by it. */
const removeOnce = async ({ remove }: Pick<Removal<unknown>, 'remove'>): Promise<Submitted<void>> => {
  try {
    return await remove();
  } catch (error) {
    const lost = lostAnswer(error);
    throw lost ? new AzureOperationError(lost, JSON.stringify({ unsure: true })) : error;
  }
};
