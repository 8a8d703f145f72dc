import { z } from 'zod';
import { findDeletedVault } from '../azure/readings/find-deleted-vault.ts';
import { readTags } from '../azure/readings/read-tags.ts';
import { ownershipOf } from '../deployment/names/consent.ts';
import type { TagsOfResource } from '../deployment/names/tag-value.ts';
import { allSteps } from '../steps/all-steps.ts';
import { networksOf } from '../steps/input-parts.ts';
import { keyVault } from '../steps/key-vault.ts';
import type { StepCore } from '../steps/step.ts';
import type { Surroundings } from './surroundings.ts';

/** A resource that exists and is neither the deployment's own nor given to it. */
export interface ForeignResource {
  readonly id: string;
  /** The step that would make it; that of the cluster for a network. */
  readonly step: string;
  /** Deleted, and held for its recovery. */
  readonly isDeleted?: true;
}

const taggedSchema = z.object({ tags: z.record(z.string(), z.string()).nullish() });

/** What the deployment names and others keep, without their consent. */
export const foreignResources = async (surroundings: Surroundings): Promise<readonly ForeignResource[]> => {
  const { deployment } = surroundings;
  const found = await Promise.all([
    ...allSteps.map(async (step) => ({ ...named(step, surroundings), tags: await tagsOfStep(step, surroundings) })),
    ...networksOf(deployment).map(async (id) => ({ id, step: 'cluster', tags: await readTags(id) })),
    deletedVault(surroundings),
  ]);
  return found.flatMap(({ tags, ...resource }) =>
    tags && ownershipOf(tags, deployment.id, false) === 'foreign' ? [resource] : [],
  );
};

const named = (step: StepCore, { deployment }: Surroundings) => ({ id: step.resourceId(deployment), step: step.name });

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
