import { criticalPathOf } from '../deployment/plan/critical-path.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { allSteps } from './all-steps.ts';
import type { StepCore, StepNode } from './step.ts';

/** A node with its place in the graph. */
export interface GraphNode extends StepNode {
  /** The names of the nodes whose end it waits for; none that follows from the others. */
  readonly waitsFor: readonly string[];
  /** Whether it is on the longest path by usual times. */
  readonly critical: boolean;
}

/** What runs beside the other branches; a sub-orchestration of its own. */
export interface Branch {
  /** The name of its longest step among those that need nothing but the root. */
  readonly name: string;
  readonly nodes: readonly GraphNode[];
}

/** The steps of a deployment by what they wait for. */
export interface Graph {
  /** Every node, in the order in which people are shown them. */
  readonly all: readonly GraphNode[];
  /** What everything waits for. */
  readonly root: readonly GraphNode[];
  /** All at once after the root, longest first. */
  readonly branches: readonly Branch[];
  /** What waits for several branches: after all of them have ended. */
  readonly later: readonly GraphNode[];
}

/** The steps that others may wait for: those whose values they take, and those that only come before. */
const needsOf = (step: StepCore): readonly StepCore[] => [...Object.values(step.uses), ...step.dependsOn];

/** The steps that need nothing but the root and what some deployments go without: each may begin a branch. */
export const branchSteps = (steps: readonly StepCore[] = allSteps): readonly StepCore[] =>
  steps.filter(
    (step) =>
      needsOf(step).length > 0 &&
      needsOf(step).every((need) => need.optional || needsOf(need).length === 0) &&
      !step.optional,
  );

/**
 * Derives which step waits for which in a deployment.
 *
 * @param chosen - the names of the nodes that a run began with; a step that a later version added is then left out.
 */
export const graphOf = (
  deployment: Deployment,
  chosen?: readonly string[],
  steps: readonly StepCore[] = allSteps,
): Graph => {
  const planned = steps
    .flatMap((step) => step.nodes(deployment))
    .filter(({ name }) => chosen === undefined || chosen.includes(name));
  const nodesOf = (step: StepCore): readonly StepNode[] => planned.filter((node) => node.step.name === step.name);
  const direct = new Map(
    planned.map((node) => [node.name, needsOf(node.step).flatMap((need) => nodesOf(need).map(({ name }) => name))]),
  );
  const before = ancestorsOf(direct);
  const reduced = (names: readonly string[]): string[] =>
    [...new Set(names)].filter((name) => !names.some((other) => before(other).has(name)));

  const rootNames = planned.filter(({ name }) => before(name).size === 0).map(({ name }) => name);
  const groups = groupsOf(planned, before, rootNames);
  const inBranches = groups.branches.flat();
  const branchEnds = inBranches.filter((name) => !inBranches.some((other) => before(other).has(name)));

  const waitsFor = (node: StepNode): readonly string[] => {
    const needs = reduced(direct.get(node.name) ?? []);
    if (!groups.later.includes(node.name)) return needs;
    // All that waits for several branches begins when all have ended.
    const amongLater = needs.filter((name) => groups.later.includes(name));
    return amongLater.length > 0 ? amongLater : branchEnds;
  };
  const timed = planned.map((node) => ({
    name: node.name,
    waitsFor: waitsFor(node),
    usualSeconds: node.step.usualSeconds.create,
  }));
  const critical = criticalPathOf(timed).steps;
  const all = planned.map((node, index) => ({
    ...node,
    waitsFor: timed[index]?.waitsFor ?? [],
    critical: critical.includes(node.name),
  }));
  const pick = (names: readonly string[]): GraphNode[] => all.filter(({ name }) => names.includes(name));
  return {
    all,
    root: pick(rootNames),
    branches: groups.branches
      .map(pick)
      .map((nodes) => ({ name: branchName(nodes, branchSteps(steps)), nodes }))
      .toSorted((a, b) => lengthOf(b.nodes) - lengthOf(a.nodes)),
    later: pick(groups.later),
  };
};

/** All that comes before a node, directly or not. */
const ancestorsOf = (direct: ReadonlyMap<string, readonly string[]>): ((name: string) => ReadonlySet<string>) => {
  const known = new Map<string, ReadonlySet<string>>();
  const find = (name: string): ReadonlySet<string> => {
    const found = known.get(name);
    if (found) return found;
    const needs = direct.get(name) ?? [];
    const all = new Set([...needs, ...needs.flatMap((need) => [...find(need)])]);
    known.set(name, all);
    return all;
  };
  return find;
};

/** Nodes that wait for one branch only are part of it; those that wait for several, and what waits for these, come later. */
const groupsOf = (
  planned: readonly StepNode[],
  before: (name: string) => ReadonlySet<string>,
  root: readonly string[],
): { readonly branches: readonly (readonly string[])[]; readonly later: readonly string[] } => {
  const branches = new Map<string, string[]>();
  const branchOf = new Map<string, string>();
  const later: string[] = [];
  for (const { name, step } of byDepth(planned, before)) {
    if (root.includes(name)) continue;
    const needs = [...before(name)].filter((need) => !root.includes(need));
    const reached = new Set(needs.map((need) => branchOf.get(need)));
    const [only = name] = reached;
    if (step.later || reached.size > 1 || reached.has(undefined)) later.push(name);
    else {
      branchOf.set(name, only);
      branches.set(only, [...(branches.get(only) ?? []), name]);
    }
  }
  return { branches: [...branches.values()], later };
};

/** Each node after all that come before it. */
const byDepth = (planned: readonly StepNode[], before: (name: string) => ReadonlySet<string>): readonly StepNode[] =>
  planned.toSorted((a, b) => before(a.name).size - before(b.name).size);

const lengthOf = (nodes: readonly GraphNode[]): number =>
  criticalPathOf(nodes.map(({ name, waitsFor, step }) => ({ name, waitsFor, usualSeconds: step.usualSeconds.create })))
    .usualSeconds;

const branchName = (nodes: readonly GraphNode[], candidates: readonly StepCore[]): string => {
  const [longest] = nodes
    .map(({ step }) => step)
    .filter((step) => candidates.some(({ name }) => name === step.name))
    .toSorted((a, b) => b.usualSeconds.create - a.usualSeconds.create);
  if (!longest) throw new Error(`No step begins the branch of ${nodes.map(({ name }) => name).join(', ')}.`);
  return longest.name;
};
