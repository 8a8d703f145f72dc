import type { Memory, Work } from './child-messages.ts';
import { measureStartUp } from './measure-start-up.ts';
import { MeasuredHost } from './measured-host.ts';

/** One shape of orchestration at one size; means of `runs` instances, one after another. */
export interface ShapeMeasure extends Work {
  readonly name: 'chain' | 'fan-out';
  readonly activities: number;
  readonly runs: number;
  /** What the SDK takes for the same episodes when nothing else runs, ms of CPU time. */
  readonly sdkAloneMs: number;
}

/** Everything that `npm run bench:host` shows. */
export interface HostMeasure {
  readonly shapes: readonly ShapeMeasure[];
  readonly crowd: Work & { readonly instances: number; readonly activities: number };
  /** From the start of the process to the first answer, ms, one for each try. */
  readonly startUpMs: readonly number[];
  readonly memory: { readonly idle: Memory; readonly afterwards: Memory };
}

/** How many runs are averaged: enough for a few hundred episodes. */
const SHAPES: readonly (readonly [name: ShapeMeasure['name'], activities: number, runs: number])[] = [
  ['chain', 10, 20],
  ['chain', 100, 5],
  ['chain', 1000, 1],
  ['fan-out', 10, 20],
  ['fan-out', 100, 10],
  ['fan-out', 1000, 3],
];
const WARM_UP = 100;
const CROWD = { instances: 1000, activities: 3 };
const START_UPS = 5;

/** @param tell - gets what is being measured. */
export const measureHost = async (tell: (line: string) => void): Promise<HostMeasure> => {
  tell(`Starting the host ${START_UPS} times…`);
  const startUpMs: number[] = [];
  for (let i = 0; i < START_UPS; i++) startUpMs.push(await measureStartUp());

  const host = await MeasuredHost.open();
  try {
    const idle = await host.memory();
    await host.run('chain', WARM_UP);
    await host.run('fan-out', WARM_UP);
    const shapes: ShapeMeasure[] = [];
    for (const [name, activities, runs] of SHAPES) {
      tell(`${name} of ${activities}, ${runs} times…`);
      shapes.push(await measureShape(host, name, activities, runs));
    }
    tell(`${CROWD.instances} instances at once…`);
    const crowd = await host.run('chain', CROWD.activities, CROWD.instances);
    return { shapes, crowd: { ...crowd, ...CROWD }, startUpMs, memory: { idle, afterwards: await host.memory() } };
  } finally {
    await host.close();
  }
};

const measureShape = async (
  host: MeasuredHost,
  name: ShapeMeasure['name'],
  activities: number,
  runs: number,
): Promise<ShapeMeasure> => {
  const all: (Work & { sdkAloneMs: number })[] = [];
  for (let i = 0; i < runs; i++) {
    const { ids, ...work } = await host.run(name, activities);
    all.push({ ...work, sdkAloneMs: await host.replayBySdk(ids[0] ?? '') });
  }
  const mean = (pick: (work: (typeof all)[number]) => number): number =>
    all.reduce((sum, work) => sum + pick(work), 0) / runs;
  return {
    name,
    activities,
    runs,
    wallMs: mean(({ wallMs }) => wallMs),
    cpuMs: mean(({ cpuMs }) => cpuMs),
    episodes: mean(({ episodes }) => episodes),
    events: mean(({ events }) => events),
    sdkMs: mean(({ sdkMs }) => sdkMs),
    sdkAloneMs: mean(({ sdkAloneMs }) => sdkAloneMs),
  };
};
