import type { Done } from '../../deployment/driver/reconcile-result.ts';
import type { Inspection } from '../../deployment/plan/inspection.ts';

const changeOf = { create: 'created', update: 'updated', unchanged: 'unchanged' } as const;

/** What a step reports that has done what its inspection planned. */
export const doneAfter = <T>({ action, changes, resourceId }: Inspection, value: T): Done<T> => ({
  kind: 'done',
  value,
  change: changeOf[action],
  ...(changes.length > 0 && { changed: changes.map(({ property }) => property) }),
  resourceId,
});
