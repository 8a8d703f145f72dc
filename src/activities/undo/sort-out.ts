import { isOwnedBy, OWNER_TAG } from '../../deployment/names/owner-tag.ts';
import { tagValue } from '../../deployment/names/tag-value.ts';
import type { KeptReason } from '../../deployment/run/kept.ts';
import { neededBy } from '../../steps/needed-by.ts';
import { stepOfResource } from '../../steps/step-of-resource.ts';
import type { Made } from '../../task-hub/read-made.ts';
import { isSame, type Standing } from './survey-group.ts';

/** What decides whether a resource is the deployment's own. */
export interface Facts {
  readonly deploymentId: string;
  readonly made: Made;
  /** What stands under a name of the deployment. */
  readonly expected: readonly string[];
  /** What the request names in `existing`. */
  readonly existing: readonly string[];
  /** The deployments that share the group. */
  readonly others: ReadonlySet<string>;
}

/** The resources of a group by what an undo does with them. */
export interface Sorted {
  readonly own: readonly Standing[];
  readonly kept: readonly { readonly id: string; readonly reason: KeptReason }[];
}

/**
 * Tells the deployment's own from the rest: by its tag alone. What it made and what does not carry the tag is kept, and so is of its own what such a resource
 * needs.
 */
export const sortOut = (resources: readonly Standing[], facts: Facts): Sorted => {
  const reasons = new Map(resources.map((resource) => [resource, reasonFor(resource, facts)]));
  const needed = resources
    .filter((resource) => reasons.get(resource) === 'untagged')
    .flatMap(({ id }) => neededBy(stepOfResource(id) ?? { name: '' }));
  for (const resource of resources) {
    const step = stepOfResource(resource.id);
    const isNeeded = needed.some(({ name }) => name === step?.name);
    if (isNeeded && reasons.get(resource) === undefined) reasons.set(resource, 'needed');
  }
  return {
    own: resources.filter((resource) => reasons.get(resource) === undefined),
    kept: resources.flatMap((resource) => {
      const reason = reasons.get(resource);
      return reason === undefined ? [] : [{ id: resource.id, reason }];
    }),
  };
};

/** Why a resource is kept; undefined when it is the deployment's own. */
const reasonFor = ({ id, tags }: Standing, facts: Facts): KeptReason | undefined => {
  const { deploymentId, made, expected, existing, others } = facts;
  const isAmong = (ids: readonly string[]): boolean => ids.some((each) => isSame(each, id));
  if (isAmong(existing)) return 'existing';
  if (isOwnedBy(deploymentId, tags)) return undefined;
  if (others.has(tagValue(tags, OWNER_TAG) ?? '')) return 'other';
  return isAmong(made.ids) || (!made.complete && isAmong(expected)) ? 'untagged' : 'foreign';
};
