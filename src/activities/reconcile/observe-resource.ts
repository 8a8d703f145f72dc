import { findOrUndefined } from '../../azure/find-or-undefined.ts';
import type { Difference } from '../../deployment/plan/inspection.ts';
import type { ManagedResource, Tagged } from './managed-resource.ts';

/** What reading a resource showed; what follows from it is the same for a run and for a plan. */
export type Observation<R> =
  | { readonly state: 'absent' }
  /** Azure is at work on it. */
  | { readonly state: 'working'; readonly found: R; readonly provisioningState: string }
  | { readonly state: 'failed'; readonly found: R; readonly provisioningState: string }
  | { readonly state: 'ready'; readonly found: R; readonly differences: readonly Difference[] };

/** Reads a resource and compares it with what the request wants. */
export const observeResource = async <R extends Tagged, T>(
  resource: ManagedResource<R, T>,
): Promise<Observation<R>> => {
  const found = await findOrUndefined(resource.get());
  if (!found) return { state: 'absent' };
  const provisioningState = resource.provisioningState(found) ?? 'Succeeded';
  if (/^(failed|canceled)$/i.test(provisioningState)) return { state: 'failed', found, provisioningState };
  if (!/^succeeded$/i.test(provisioningState)) return { state: 'working', found, provisioningState };
  return { state: 'ready', found, differences: resource.differences(found) };
};

/** The repair of a resource in a failed state, as a change. */
export const repairOf = (provisioningState: string): Difference => ({
  property: 'provisioningState',
  from: provisioningState,
  to: 'Succeeded',
});

/** The return of a deleted resource, as a change. */
export const RECOVERY: Difference = { property: 'recovered', from: 'deleted', to: 'recovered' };
