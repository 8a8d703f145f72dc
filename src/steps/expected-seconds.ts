import type { PlanAction } from '../deployment/plan/inspection.ts';
import type { UsualSeconds } from './step.ts';

/** How long a step is expected to take. What is as it should be is only read; what could not be read may have to be created. */
export const expectedSeconds = ({ create, update = create, unchanged = 0 }: UsualSeconds, action: PlanAction): number =>
  ({ create, update, unchanged, unknown: create })[action];
