import { allSteps } from './all-steps.ts';
import type { StepCore } from './step.ts';

/** The steps in the order in which their undo deletes: the last created first, but what outlives another after that one. */
export const undoOrder = (steps: readonly StepCore[] = allSteps): readonly StepCore[] => {
  const backwards = steps.toReversed();
  const outliving = backwards.filter(({ outlives }) => outlives !== undefined);
  return backwards
    .filter((step) => !outliving.includes(step))
    .flatMap((step) => [step, ...outliving.filter(({ outlives }) => outlives?.name === step.name)]);
};
