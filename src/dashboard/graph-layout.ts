/** A step as far as its place in the graph goes. */
export interface LayoutStep {
  readonly name: string;
  readonly waitsFor: readonly string[];
}

export interface Place {
  readonly name: string;
  /** How many steps lie before it on the longest way from the start. */
  readonly column: number;
  /** Its place in the column, from 0; half steps occur, as columns are centred. */
  readonly row: number;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
}

export interface GraphLayout {
  readonly places: readonly Place[];
  readonly edges: readonly Edge[];
  readonly columns: number;
  readonly rows: number;
  /** The names of places that are no steps: where several steps wait for the same several others, the lines meet in one point. */
  readonly joints: ReadonlySet<string>;
}

/** Puts each step to the right of all that it waits for; the order within a column is that of the list. */
export const layOutGraph = (steps: readonly LayoutStep[]): GraphLayout => {
  const known = new Set(steps.map(({ name }) => name));
  const inside = steps.map(({ name, waitsFor }) => ({ name, waitsFor: waitsFor.filter((other) => known.has(other)) }));
  const { nodes, joints } = withJoints(inside);

  const byName = new Map(nodes.map((node) => [node.name, node]));
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    const found = depths.get(name);
    if (found !== undefined) return found;
    // Guards against a circle, which would be a fault of the service.
    depths.set(name, 0);
    const depth = Math.max(-1, ...(byName.get(name)?.waitsFor ?? []).map(depthOf)) + 1;
    depths.set(name, depth);
    return depth;
  };

  const columns: string[][] = [];
  for (const { name } of nodes) {
    const column = depthOf(name);
    while (columns.length <= column) columns.push([]);
    columns[column]?.push(name);
  }
  const rows = Math.max(1, ...columns.map(({ length }) => length));
  return {
    places: columns.flatMap((names, column) =>
      names.map((name, index) => ({ name, column, row: index + (rows - names.length) / 2 })),
    ),
    edges: nodes.flatMap(({ name, waitsFor }) => waitsFor.map((from) => ({ from, to: name }))),
    columns: columns.length,
    rows,
    joints,
  };
};

const withJoints = (steps: readonly LayoutStep[]): { nodes: readonly LayoutStep[]; joints: ReadonlySet<string> } => {
  const byCause = Map.groupBy(steps, ({ waitsFor }) => waitsFor.join('\n'));
  const joints = new Map<string, LayoutStep>();
  for (const [cause, waiting] of byCause) {
    const [first] = waiting;
    if (!first || waiting.length < 2 || first.waitsFor.length < 2) continue;
    joints.set(cause, { name: `joint ${joints.size + 1}`, waitsFor: first.waitsFor });
  }
  const placed = new Set<string>();
  const nodes = steps.flatMap((step) => {
    const cause = step.waitsFor.join('\n');
    const joint = joints.get(cause);
    if (!joint) return [step];
    const rewired = { name: step.name, waitsFor: [joint.name] };
    if (placed.has(cause)) return [rewired];
    placed.add(cause);
    return [joint, rewired];
  });
  return { nodes, joints: new Set([...joints.values()].map(({ name }) => name)) };
};
