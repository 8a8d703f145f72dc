import { canonical } from './canonical.ts';
import { countWrites, type Repeats } from './count-writes.ts';
import type { Evidence } from './evidence.ts';
import { sshKeyFaults } from './ssh-key-faults.ts';

/** What is to be said of a deployment whose host was dropped, beside one that ran undisturbed. */
export interface Verdict {
  /** What is off, each in words; none when nothing was lost. */
  readonly faults: readonly string[];
  /** Writes that Azure had accepted and got again. */
  readonly duplicates: readonly string[];
  readonly repeats: Repeats;
  readonly sentAtOnce: readonly string[];
}

export interface Judged {
  readonly evidence: Evidence;
  readonly leftovers: readonly string[];
}

/** @param reference - of a deployment that ran undisturbed. */
export const judge = (reference: Evidence, { evidence, leftovers }: Judged): Verdict => {
  const { writes, ...counted } = countWrites(evidence.requests);
  const failures = statusFaults(evidence);
  // All the rest would follow from it.
  if (failures.length > 0) return { faults: failures, ...counted };
  return {
    faults: [
      ...differences('output', Object.entries(reference.outputs), Object.entries(evidence.outputs), nameOf),
      ...differences('resource', reference.azure.resources, evidence.azure.resources, idOf),
      ...differences('role assignment', reference.azure.roleAssignments, evidence.azure.roleAssignments, assignmentOf),
      ...(evidence.azure.deletedVaults.length > 0 ? ['a vault was deleted'] : []),
      ...differences('write', [...countWrites(reference.requests).writes], [...writes], String),
      ...differences('operation', effects(reference), effects(evidence), String),
      ...sshKeyFaults(evidence),
      ...leftovers,
    ],
    ...counted,
  };
};

/** What a step did may read `unchanged` after a crash: the execution that made the resource could not say so any more. */
const statusFaults = ({ deployment: { status, steps, error, warnings } }: Evidence): string[] => {
  if (status !== 'Succeeded') return [`the deployment is ${status}: ${JSON.stringify(error)}`];
  return [
    ...steps.flatMap(({ name, state, change }) =>
      state === 'Succeeded' && change !== 'updated' ? [] : [`step ${name} is ${state}, its resource ${change}`],
    ),
    ...(new Set(warnings).size === warnings.length ? [] : ['a warning is shown twice']),
  ];
};

const nameOf = ([name]: readonly [string, string]): string => name;

const idOf = ({ id }: Evidence['azure']['resources'][number]): string => id.toLowerCase();

const assignmentOf = ({ scope, name }: Evidence['azure']['roleAssignments'][number]): string => `${scope} ${name}`;

/**
 * What Azure set to work on, with how often; a write that is repeated at once is an update that changes nothing, and imports and storage accounts may be
 * begun again.
 */
const effects = ({ operations }: Evidence): string[] => {
  const counts = new Map<string, number>();
  for (const { operation, resourceId, kind } of operations) {
    if (operation === 'update' && kind === 'synchronous') continue;
    const name = `${operation} ${resourceId.toLowerCase()}`;
    const harmless = operation === 'import' || /\/storageaccounts\/[^/]+$/.test(resourceId.toLowerCase());
    counts.set(name, harmless ? 1 : (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count} times)`));
};

/** Names what is missing, what is too much, and what is not the same. */
const differences = <T>(
  what: string,
  expected: readonly T[],
  found: readonly T[],
  keyOf: (item: T) => string,
): string[] => {
  const rest = new Map(found.map((item) => [keyOf(item), item]));
  const faults = found.length === rest.size ? [] : [`a ${what} is there twice`];
  for (const item of expected) {
    const key = keyOf(item);
    const same = rest.get(key);
    rest.delete(key);
    if (same === undefined) faults.push(`${what} ${key} is missing`);
    else if (canonical(same) !== canonical(item)) faults.push(`${what} ${key} differs: ${canonical(same)}`);
  }
  return [...faults, ...[...rest.keys()].map((key) => `${what} ${key} is too much`)];
};
