import type { SimulatedOperation } from '../world/simulator-client.ts';
import { type CriticalPath, criticalPath } from './critical-path.ts';
import { type OperationOnResource, stepOfOperation } from './step-of-operation.ts';

/** What a deployment would take at least, from what Azure's own work took. */
export interface ModelledTimes extends Omit<CriticalPath, 'sequentialSeconds'> {
  /** All of Azure's own work, one thing after another. */
  readonly sequentialSeconds: number;
  /** Operations that belong to no step: a gap in the mapping, to be shown rather than to be left out in silence. */
  readonly unknown: readonly OperationOnResource[];
}

/**
 * The critical path of a deployment: the longest chain of what Azure's own work took, with its end noticed at once. Reads count nothing. Nor does
 * the replication of a new principal: the app names the principal's type with a role assignment, so no step waits for it.
 */
export const modelledTimes = (
  steps: readonly { readonly name: string; readonly waitsFor: readonly string[] }[],
  operations: readonly SimulatedOperation[],
): ModelledTimes => {
  const work = new Map<string, Interval[]>(steps.map(({ name }) => [name, []]));
  const unknown: OperationOnResource[] = [];
  for (const operation of operations) {
    const { kind, startedAt, endsAt } = operation;
    if (kind === 'replication') continue;
    const intervals = work.get(stepOfOperation(operation) ?? '');
    if (!intervals) unknown.push(operation);
    else intervals.push({ from: startedAt, to: endsAt ?? startedAt });
  }
  const timed = steps.map(({ name, waitsFor }) => ({ name, waitsFor, seconds: busySeconds(work.get(name) ?? []) }));
  const sequential = [...work.values()].flat().reduce((sum, { from, to }) => sum + (to - from) / 1000, 0);
  return { ...criticalPath(timed), sequentialSeconds: sequential, unknown };
};

interface Interval {
  readonly from: number;
  readonly to: number;
}

/** How long at least one of the intervals lasted: what a step does at once must not make its chain longer than it is. */
const busySeconds = (intervals: readonly Interval[]): number => {
  let busy = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    busy += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return busy / 1000;
};
