import { apiVersionOf } from '../azure/settings/api-versions.ts';
import type { OwnedResource } from '../deployment/contracts/owned-resource.ts';
import { isExistingIn } from '../deployment/names/existing-resources.ts';
import { isWithin } from '../deployment/names/management-lock.ts';
import { isOwnedBy, OWNER_TAG } from '../deployment/names/owner-tag.ts';
import { isSameGroup } from '../deployment/names/same-group.ts';
import { tagValue } from '../deployment/names/tag-value.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { type Kept, type KeptReason, unclaimed } from '../deployment/run/kept.ts';
import { allSteps } from '../steps/all-steps.ts';
import { cluster } from '../steps/cluster.ts';
import { keyVault } from '../steps/key-vault.ts';
import { resourceGroup } from '../steps/resource-group.ts';
import { stepOfResource } from '../steps/step-of-resource.ts';
import { undoOrder } from '../steps/undo-order.ts';
import { type Made, readMade } from '../task-hub/read-made.ts';
import type { TaskHub } from '../task-hub/task-hub.ts';
import { toDelete } from './to-delete.ts';
import { type DeletedVault, findDeletedVaults } from './undo/deleted-vaults.ts';
import { findOthers } from './undo/find-others.ts';
import { distinctResources, recordedRoles, rolesOf } from './undo/own-roles.ts';

import { type Sorted, sortOut } from './undo/sort-out.ts';
import { distinct, isSame, type Standing, type Survey, surveyGroup } from './undo/survey-group.ts';

/** What an undo deletes, and what it leaves. */
export interface OwnedResources {
  /** Last created first. The resource group, where it is all the deployment's, stands for what is in it. */
  readonly owned: readonly OwnedResource[];
  /** What goes with the group. */
  readonly inside: readonly string[];
  readonly kept: readonly Kept[];
  /** The vaults that a purge is about. */
  readonly vaults: readonly DeletedVault[];
}

/** What is undone. */
export interface Undone {
  readonly deployment: Deployment;
  /** Of earlier runs, with other names. */
  readonly earlier: readonly Deployment[];
  readonly purge: boolean;
}

/** Finds what a deployment created: the tags say so. What it made and what carries its tag no more is kept. */
export const findOwnedResources = async (
  hub: TaskHub,
  { deployment, earlier, purge }: Undone,
): Promise<OwnedResources> => {
  const { id: deploymentId } = deployment;
  const deployments = [deployment, ...earlier.filter((each) => isSameGroup(each, deployment))];
  const groupId = resourceGroup.resourceId(deployment);
  const made = await readMade(hub, deploymentId);
  const expected = distinct(deployments.flatMap(namedBy));
  const inGroup = made.ids.filter((id) => isWithin(id, groupId));
  const survey = await surveyGroup(deploymentId, deployment, [...expected, ...inGroup]);
  const existing = Object.values(deployment.existing ?? {}).filter((id) => typeof id === 'string');
  const otherIds = (survey?.resources ?? []).flatMap(({ tags }) => tagValue(tags, OWNER_TAG) ?? []);
  const others = await findOthers(
    hub,
    deployment,
    otherIds.filter((id) => id !== deploymentId),
  );
  const facts = { deploymentId, made, expected, existing, others };
  const sorted = sortOut(survey?.resources ?? [], facts);

  const found = { deployment, deployments, groupId, made, survey, ...sorted };
  const owned = distinctResources(wholeGroup(found) ? await withGroup(found) : await oneByOne(found));
  const deleted = await findDeletedVaults(deployment, deployments.map(keyVault.resourceId));
  const ownVaults = sorted.own.filter(({ id }) => stepOfResource(id)?.name === keyVault.name).map(vaultOf(deployment));
  return {
    owned: named(owned),
    inside: wholeGroup(found) ? (survey?.resources ?? []).map(({ id }) => id) : [],
    kept: [...keptOf(found, expected, existing), ...(purge ? deleted.others : [])],
    vaults: [...ownVaults, ...deleted.own],
  };
};

interface FoundGroup extends Sorted {
  readonly deployment: Deployment;
  readonly deployments: readonly Deployment[];
  readonly groupId: string;
  readonly made: Made;
  readonly survey: Survey | undefined;
}

/** The ids of the resources that a deployment has names for. */
const namedBy = (deployment: Deployment): string[] =>
  allSteps
    .filter(({ name, resource }) => resource && name !== resourceGroup.name && !resource.existingIn?.(deployment))
    .map((step) => step.resourceId(deployment));

const isOwnGroup = ({ deployment, survey }: FoundGroup): boolean =>
  isOwnedBy(deployment.id, survey?.tags) && !isExistingIn(deployment.existing, deployment);

/** Whether the group is deleted with all that is in it: nothing there is anybody else's, or kept. */
const wholeGroup = (found: FoundGroup): boolean => isOwnGroup(found) && found.kept.length === 0;

/** The group with all that is in it, and what the deployment made elsewhere: what outlives a resource of the group after it, the rest before. */
const withGroup = async (found: FoundGroup): Promise<OwnedResource[]> => {
  const { deployment, deployments, groupId, made } = found;
  const before: OwnedResource[] = [];
  const after: OwnedResource[] = [];
  for (const step of undoOrder()) {
    const roles = await rolesOf(step, deployments, ownClusters(found));
    (step.outlives ? after : before).push(...roles.filter(({ resourceId }) => !isWithin(resourceId, groupId)));
  }
  const group = toDelete(resourceGroup, deployment).map((each) => ({ ...each, owner: deployment.id }));
  return [...before, ...group, ...after, ...recordedRoles(made.ids, groupId)];
};

const oneByOne = async (found: FoundGroup): Promise<OwnedResource[]> => {
  const { deployments, groupId, made, own } = found;
  const owned: OwnedResource[] = [];
  for (const step of undoOrder()) {
    owned.push(...(await rolesOf(step, deployments, ownClusters(found))));
    owned.push(...own.filter(({ id }) => stepOfResource(id)?.name === step.name).flatMap(asOwned(found)));
  }
  // Whose cluster stays keeps its roles.
  return clustersOf(found.kept).length > 0 ? owned : [...owned, ...recordedRoles(made.ids, groupId)];
};

const asOwned =
  ({ deployment }: FoundGroup) =>
  ({ id }: Standing): OwnedResource[] => {
    const step = stepOfResource(id);
    if (!step) return [];
    const isNamed = isSame(step.resourceId(deployment), id);
    return [
      {
        name: isNamed ? step.name : `${step.name}:${id.split('/').at(-1)}`,
        resourceId: id,
        apiVersion: apiVersionOf(step.resource),
        usualSeconds: step.resource.deleteSeconds,
        owner: deployment.id,
      },
    ];
  };

const clustersOf = (resources: readonly { readonly id: string }[]): string[] =>
  resources.filter(({ id }) => stepOfResource(id)?.name === cluster.name).map(({ id }) => id.split('/').at(-1) ?? '');

const ownClusters = ({ own }: FoundGroup): string[] => clustersOf(own);

const vaultOf =
  (deployment: Deployment) =>
  ({ id, location = deployment.location }: Standing): DeletedVault => ({
    keyVaultName: id.split('/').at(-1) ?? '',
    location,
  });

/** What stays, first what the deployment made; of a group of somebody else only that and what it used. */
const keptOf = (found: FoundGroup, expected: readonly string[], existing: readonly string[]): Kept[] => {
  const { deployment, survey, groupId } = found;
  const isTagged = isOwnedBy(deployment.id, survey?.tags);
  const isExpected = (id: string): boolean => expected.some((each) => isSame(each, id));
  const inGroup = found.kept.filter(({ id, reason }) => isTagged || reason !== 'foreign' || isExpected(id));
  const unknown = wholeGroup(found) ? [] : found.own.filter(({ id }) => stepOfResource(id) === undefined);
  const elsewhere = existing.filter((id) => !inGroup.some((each) => isSame(each.id, id)));
  const kept: Kept[] = [
    ...inGroup,
    ...unknown.map(({ id }) => ({ id, reason: 'unknownType' })),
    ...(survey && !wholeGroup(found) ? [{ id: groupId, reason: whyGroupStays(found, isTagged) }] : []),
    ...elsewhere.map((id) => ({ id, reason: 'existing' })),
  ];
  const first = unclaimed(kept);
  return [...first, ...kept.filter((each) => !first.includes(each))];
};

const whyGroupStays = ({ groupId, made }: FoundGroup, isTagged: boolean): KeptReason => {
  if (isTagged) return 'holds';
  return made.ids.some((id) => isSame(id, groupId)) ? 'untagged' : 'foreign';
};

/** Two roles of a kind get names of their own. */
const named = (owned: readonly OwnedResource[]): OwnedResource[] =>
  owned.map((each, index) => {
    const before = owned.slice(0, index).filter(({ name }) => name === each.name).length;
    return before === 0 ? each : { ...each, name: `${each.name}:${before + 1}` };
  });
