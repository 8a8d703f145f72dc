import { z } from 'zod';
import { findDeletedVault } from '../azure/readings/find-deleted-vault.ts';
import { readTags } from '../azure/readings/read-tags.ts';
import { ownershipOf } from '../deployment/names/consent.ts';
import type { TagsOfResource } from '../deployment/names/tag-value.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { allSteps } from '../steps/all-steps.ts';
import { cluster } from '../steps/cluster.ts';
import { identity } from '../steps/identity.ts';
import { networksOf } from '../steps/input-parts.ts';
import { keyVault } from '../steps/key-vault.ts';
import { registry } from '../steps/registry.ts';
import { resourceGroup } from '../steps/resource-group.ts';
import type { StepCore } from '../steps/step.ts';
import { storage } from '../steps/storage.ts';
import type { Surroundings } from './surroundings.ts';

/** A resource that exists and is neither the deployment's own nor given to it. */
export interface ForeignResource {
  readonly id: string;
  /** The step that would make it; that of the cluster for a network. */
  readonly step: string;
  /** The field of the request that names it. */
  readonly field: string;
  /** Deleted, and held for its recovery. */
  readonly isDeleted?: true;
}

const taggedSchema = z.object({ tags: z.record(z.string(), z.string()).nullish() });

/**
 * What the deployment names and others keep, without their consent.
 *
 * @throws what the SDKs throw, when nothing foreign was found and something could not be read.
 */
export const foreignResources = async (surroundings: Surroundings): Promise<readonly ForeignResource[]> => {
  const { deployment } = surroundings;
  const read = await Promise.allSettled([
    ...allSteps.map(async (step) => ({ ...named(step, surroundings), tags: await tagsOfStep(step, surroundings) })),
    ...networksOf(deployment).map(async (id) => ({
      id,
      step: cluster.name,
      field: 'existing.subnetId',
      tags: await readTags(id),
    })),
    deletedVault(surroundings),
  ]);
  const found = read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const foreign = found.flatMap(({ tags, ...resource }) =>
    tags && ownershipOf(tags, deployment.id, false) === 'foreign' ? [resource] : [],
  );
  const unread = read.find((each) => each.status === 'rejected');
  if (unread && foreign.length === 0) throw unread.reason;
  return foreign;
};

const named = (step: StepCore, { deployment }: Surroundings) => ({
  id: step.resourceId(deployment),
  step: step.name,
  field: fieldOf(step, deployment),
});

const ownNames: Readonly<Record<string, string>> = {
  [resourceGroup.name]: 'resourceGroupName',
  [identity.name]: 'identityName',
  [keyVault.name]: 'keyVaultName',
  [registry.name]: 'registryName',
  [storage.name]: 'storageAccountName',
  [cluster.name]: 'clusterName',
};

const fieldOf = (step: StepCore, deployment: Deployment): string => {
  const existing = step.resource?.existingIn?.(deployment);
  const [field] =
    Object.entries(deployment.existing ?? {}).find(([, id]) => existing !== undefined && id === existing) ?? [];
  return field === undefined ? (ownNames[step.name] ?? 'resourceGroupName') : `existing.${field}`;
};

/** Undefined for a step that makes no resource, and for a resource that does not exist. */
const tagsOfStep = async (step: StepCore, { find }: Surroundings): Promise<TagsOfResource | undefined> => {
  const found = step.resource && (await find(step));
  return found === undefined ? undefined : (taggedSchema.parse(found).tags ?? {});
};

/** A create would recover it, with its secrets. */
const deletedVault = async (surroundings: Surroundings) => {
  const { deployment, vault } = surroundings;
  const resource = { ...named(keyVault, surroundings), isDeleted: true as const };
  if (deployment.existing?.keyVaultId !== undefined || (await vault())) return { ...resource, tags: undefined };
  const { subscriptionId, keyVaultName, location } = deployment;
  const deleted = await findDeletedVault({ subscriptionId, keyVaultName, location, id: resource.id });
  return { ...resource, tags: deleted && (deleted.properties?.tags ?? {}) };
};
