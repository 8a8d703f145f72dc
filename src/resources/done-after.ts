import type { Done } from '../deployment/progress.ts';
import type { StepLook } from '../deployment/step-look.ts';

const changeOf = { create: 'created', update: 'updated', unchanged: 'unchanged' } as const;

/** What a step reports that has done what the look said. */
export const doneAfter = <T>({ action, changes, resourceId }: StepLook, value: T): Done<T> => ({
  kind: 'done',
  value,
  change: changeOf[action],
  ...(changes.length > 0 && { changed: changes.map(({ property }) => property) }),
  resourceId,
});
