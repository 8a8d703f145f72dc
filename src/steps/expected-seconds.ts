import type { PlannedAction } from '../deployment/plan/inspection.ts';
import type { UsualSeconds } from './step.ts';

/** How long a step is expected to take. What is as it should be is only read. */
export const expectedSeconds = (
  { create, update = create, unchanged = 0 }: UsualSeconds,
  action: PlannedAction,
): number => ({ create, update, unchanged })[action];
