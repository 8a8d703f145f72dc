import { customStatusOf } from './deployment-status.ts';
import type { Instance } from './instance.ts';

/** What a run says that began while an earlier one was being deleted. */
export const WAITS_FOR_DELETION = 'Waits until the run before has been deleted.';

/** Whether a run has seen that an earlier one is being deleted, and changes nothing before that has ended. */
export const waitsForDeletion = (instance: Instance): boolean =>
  customStatusOf(instance)?.waiting === WAITS_FOR_DELETION;

/** Whether a run is past its first check: it has driven a step, or waits for approval. */
export const isPastPreflight = (instance: Instance): boolean => {
  const status = customStatusOf(instance);
  return (status?.steps.length ?? 0) > 0 || status?.approval !== undefined;
};
