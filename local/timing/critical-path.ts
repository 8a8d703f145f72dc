/** A node of the graph: a step, the steps whose end it waits for, and how long its own work takes. */
export interface TimedStep {
  readonly name: string;
  readonly waitsFor: readonly string[];
  readonly seconds: number;
}

/** The longest chain of steps and how it compares. Seconds. */
export interface CriticalPath {
  /** The length of the longest chain: no schedule can be faster. */
  readonly seconds: number;
  /** The steps of that chain, first one first. */
  readonly steps: readonly string[];
  /** What all steps take one after another. */
  readonly sequentialSeconds: number;
}

/**
 * The longest chain through the graph. Names that stand in `waitsFor` only are taken as done before.
 *
 * @throws when steps wait for each other in a circle.
 */
export const criticalPath = (steps: readonly TimedStep[]): CriticalPath => {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const chains = new Map<string, Chain | 'open'>();

  const chainTo = ({ name, waitsFor, seconds }: TimedStep): Chain => {
    const known = chains.get(name);
    if (known === 'open') throw new Error(`The steps wait for each other in a circle through "${name}".`);
    if (known) return known;
    chains.set(name, 'open');
    const before = waitsFor.flatMap((other) => byName.get(other) ?? []).map(chainTo);
    const longest = before.reduce(longer, EMPTY);
    const chain = { seconds: longest.seconds + seconds, steps: [...longest.steps, name] };
    chains.set(name, chain);
    return chain;
  };

  const longest = steps.map(chainTo).reduce(longer, EMPTY);
  return { ...longest, sequentialSeconds: steps.reduce((sum, { seconds }) => sum + seconds, 0) };
};

interface Chain {
  readonly seconds: number;
  readonly steps: readonly string[];
}

const EMPTY: Chain = { seconds: 0, steps: [] };

/** Of equals the one with more steps, so that a step that took no time is shown where it belongs. */
const longer = (a: Chain, b: Chain): Chain => {
  if (a.seconds !== b.seconds) return b.seconds > a.seconds ? b : a;
  return b.steps.length > a.steps.length ? b : a;
};
