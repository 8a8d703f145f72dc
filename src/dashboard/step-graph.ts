import { svg } from './dom.ts';
import { layOutGraph, type Place } from './graph-layout.ts';
import { type GraphStep, groupImages } from './group-images.ts';

const WIDTH = 146;
const HEIGHT = 44;
const GAP = { x: 36, y: 14 };
/** The radius of a joint, and the width of its column. */
const JOINT = 4;

/** The steps as a graph from left to right, each in the colour of its state and with the state's name. */
export const stepGraph = (steps: readonly GraphStep[], critical: ReadonlySet<string>): SVGSVGElement => {
  const nodes = groupImages(steps);
  const stepOf = new Map(nodes.map((node) => [node.name, node]));
  const { places, edges, columns, rows, joints } = layOutGraph(nodes);
  const placeOf = new Map(places.map((place) => [place.name, place]));
  const lefts = leftEdges(places, columns, joints);
  const width = (lefts.at(-1) ?? 0) - GAP.x;
  const boxOf = ({ name, column, row }: Place): Box => ({
    x: lefts[column] ?? 0,
    y: row * (HEIGHT + GAP.y),
    width: joints.has(name) ? JOINT : WIDTH,
  });
  const height = rows * (HEIGHT + GAP.y) - GAP.y;

  const lines = edges.flatMap(({ from, to }) => {
    const [start, end] = [placeOf.get(from), placeOf.get(to)];
    return start && end ? [svg('path', { class: 'edge', d: curve(boxOf(start), boxOf(end)) })] : [];
  });
  const boxes = places.map((place) => {
    const { x, y } = boxOf(place);
    const step = stepOf.get(place.name);
    if (!step) return svg('circle', { class: 'joint', cx: x + JOINT / 2, cy: y + HEIGHT / 2, r: JOINT });
    return svg(
      'g',
      { class: `node ${step.state.toLowerCase()}${critical.has(step.name) ? ' critical' : ''}` },
      svg('rect', { x, y, width: WIDTH, height: HEIGHT, rx: 6 }),
      svg('text', { x: x + 10, y: y + 18, class: 'name' }, step.name),
      svg('text', { x: x + 10, y: y + 35, class: 'state' }, step.state),
    );
  });
  const states = nodes.map(({ name, state }) => `${name} ${state}`).join(', ');
  return svg(
    'svg',
    { class: 'graph', viewBox: `-2 -2 ${width + 4} ${height + 4}`, width, height, role: 'img', 'aria-label': states },
    ...lines,
    ...boxes,
  );
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Where each column begins, and where one more would: a column of joints alone is as narrow as a joint. */
const leftEdges = (places: readonly Place[], columns: number, joints: ReadonlySet<string>): readonly number[] => {
  const lefts = [0];
  for (let column = 0; column < columns; column++) {
    const narrow = places.every((place) => place.column !== column || joints.has(place.name));
    lefts.push((lefts[column] ?? 0) + (narrow ? JOINT : WIDTH) + GAP.x);
  }
  return lefts;
};

const curve = (from: Box, to: Box): string => {
  const x1 = from.x + from.width;
  const [y1, y2] = [from.y + HEIGHT / 2, to.y + HEIGHT / 2];
  // Straight to the gap before the target, so that no line runs behind a box of a column between.
  const bend = Math.max(x1, to.x - GAP.x);
  const middle = (bend + to.x) / 2;
  return `M ${x1} ${y1} H ${bend} C ${middle} ${y1} ${middle} ${y2} ${to.x} ${y2}`;
};
