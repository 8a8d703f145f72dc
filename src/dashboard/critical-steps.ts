/** What of a step says when it ran and what it waited for. */
export interface RanStep {
  readonly name: string;
  readonly waitsFor: readonly string[];
  readonly endedAt?: string | undefined;
}

/**
 * The steps that decided when the deployment ended: from the one that ended last back through whichever of those it waited for ended last. Steps that
 * have not ended do not count; so while a deployment runs, this is the path so far.
 */
export const criticalSteps = (steps: readonly RanStep[]): ReadonlySet<string> => {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const path = new Set<string>();
  for (let next = latest(steps); next && !path.has(next.name); ) {
    path.add(next.name);
    next = latest(next.waitsFor.flatMap((name) => byName.get(name) ?? []));
  }
  return path;
};

const latest = (steps: readonly RanStep[]): RanStep | undefined =>
  steps
    .filter(({ endedAt }) => endedAt !== undefined)
    .reduce<RanStep | undefined>((last, step) => {
      return last === undefined || (step.endedAt ?? '') > (last.endedAt ?? '') ? step : last;
    }, undefined);
