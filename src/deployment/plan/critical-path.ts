import type { CriticalPath } from './plan.ts';

interface TimedStep {
  readonly name: string;
  readonly waitsFor: readonly string[];
  readonly usualSeconds: number;
}

/** The longest chain. @param steps - each after those that it waits for. */
export const criticalPathOf = (steps: readonly TimedStep[]): CriticalPath => {
  const chains = new Map<string, CriticalPath>();
  const longest = (paths: Iterable<CriticalPath>): CriticalPath =>
    [...paths].toSorted((a, b) => b.usualSeconds - a.usualSeconds)[0] ?? { steps: [], usualSeconds: 0 };
  for (const { name, waitsFor, usualSeconds } of steps) {
    const before = longest(waitsFor.flatMap((other) => chains.get(other) ?? []));
    chains.set(name, { steps: [...before.steps, name], usualSeconds: before.usualSeconds + usualSeconds });
  }
  return longest(chains.values());
};
