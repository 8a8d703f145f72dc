import type { Implementation } from './implement.ts';
import { implementations } from './implementations.ts';

const byName = new Map<string, Implementation>(Object.entries(implementations));

/** What a step does in Azure. @throws Error for a name that no step has. */
export const implementationOf = (step: string): Implementation => {
  const found = byName.get(step);
  if (!found) throw new Error(`There is no implementation of the step ${step}.`);
  return found;
};
