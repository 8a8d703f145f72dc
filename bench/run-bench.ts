import { World } from '../local/world/world.ts';
import { historyRows, loadRows, makespanRows, requestRows, runningLimitRows, scanningRows } from './bench-tables.ts';
import { type DeploymentMeasure, measureDeployment } from './measure-deployment.ts';
import { measureLoad } from './measure-load.ts';
import { measureScanning } from './measure-scanning.ts';
import { type BenchRow, tableLines } from './print-table.ts';

export interface BenchOptions {
  readonly seeds: number;
  readonly deployments: number;
  readonly throttling: boolean;
}

const TELL_EVERY_MS = 2_000;
const DEADLINE_SECONDS = 120;

/** The default of the service, and twice as many. */
const RUNNING_LIMITS = [25, 50];

/** Measures, prints the tables on stdout. @returns the exit code: 1 when a limit is broken. */
export const runBench = async ({ seeds, deployments, throttling }: BenchOptions): Promise<number> => {
  const tell = (line: string): void => console.error(line);
  const broken: string[] = [];
  const print = (heading: string, rows: readonly BenchRow[]): void => {
    console.log([...tableLines(heading, rows), ''].join('\n'));
    for (const { what, limit } of rows) if (limit?.holds === false) broken.push(`${heading}: ${what}`);
  };

  tell('Reading hostile text…');
  print('Hostile ÷ plain text, 64 KiB', scanningRows(measureScanning()));

  tell(`Deploying once with each of ${seeds} seeds, on the virtual clock…`);
  const measures = await measureSeeds(seeds, tell);
  print(`Makespan ÷ critical path, ${seeds} seeds`, makespanRows(measures));
  print('Requests to Resource Manager, one deployment', requestRows(measures));
  print('Durable history, one deployment', historyRows(measures));

  tell(`Posting ${deployments} deployments at once…`);
  const load = await measureLoad({ deployments, throttling, runningLimit: deployments });
  print(`Local host, ${deployments} deployments at once${throttling ? '' : ', throttling off'}`, loadRows(load));
  if (load.firstFailure !== undefined) tell(`The first one that failed: ${load.firstFailure}`);

  const loads = new Map([[deployments, load]]);
  for (const runningLimit of RUNNING_LIMITS.filter((limit) => limit < deployments)) {
    tell(`Posting ${deployments} deployments at once, of which ${runningLimit} may run…`);
    loads.set(runningLimit, await measureLoad({ deployments, throttling, runningLimit }));
  }
  print(
    `${deployments} deployments, so many of them`,
    runningLimitRows(new Map([...loads].toSorted(([a], [b]) => a - b))),
  );

  if (broken.length > 0) console.log(['FAILED:', ...broken].join('\n  '));
  return broken.length > 0 ? 1 : 0;
};

const measureSeeds = async (seeds: number, tell: (line: string) => void): Promise<DeploymentMeasure[]> => {
  const world = await World.open({ deadlineSeconds: DEADLINE_SECONDS });
  const measures: DeploymentMeasure[] = [];
  let toldAt = performance.now();
  for (let seed = 1; seed <= seeds; seed++) {
    measures.push(await measureDeployment(world, seed));
    if (performance.now() - toldAt < TELL_EVERY_MS) continue;
    toldAt = performance.now();
    tell(`  ${seed} of ${seeds} seeds…`);
  }
  await world.close();
  return measures;
};
