import { historyRows, loadRows, makespanRows, requestRows } from './bench-tables.ts';
import { BenchWorld } from './bench-world.ts';
import { type DeploymentMeasure, measureDeployment } from './measure-deployment.ts';
import { measureLoad } from './measure-load.ts';
import { type BenchRow, tableLines } from './print-table.ts';

export interface BenchOptions {
  readonly seeds: number;
  readonly deployments: number;
  readonly throttling: boolean;
}

const TELL_EVERY_MS = 2_000;

/** Measures, prints the tables on stdout. @returns the exit code: 1 when a limit is broken. */
export const runBench = async ({ seeds, deployments, throttling }: BenchOptions): Promise<number> => {
  const tell = (line: string): void => console.error(line);
  const broken: string[] = [];
  const print = (heading: string, rows: readonly BenchRow[]): void => {
    console.log([...tableLines(heading, rows), ''].join('\n'));
    for (const { what, limit } of rows) if (limit?.holds === false) broken.push(`${heading}: ${what}`);
  };

  tell(`Deploying once with each of ${seeds} seeds, on the virtual clock…`);
  const measures = await measureSeeds(seeds, tell);
  print(`Makespan ÷ critical path, ${seeds} seeds`, makespanRows(measures));
  print('Requests to Resource Manager, one deployment', requestRows(measures));
  print('Durable history, one deployment', historyRows(measures));

  tell(`Posting ${deployments} deployments at once…`);
  const load = await measureLoad({ deployments, throttling });
  print(`Local host, ${deployments} deployments at once${throttling ? '' : ', throttling off'}`, loadRows(load));
  if (load.firstFailure !== undefined) tell(`The first one that failed: ${load.firstFailure}`);

  if (broken.length > 0) console.log(['FAILED:', ...broken].join('\n  '));
  return broken.length > 0 ? 1 : 0;
};

const measureSeeds = async (seeds: number, tell: (line: string) => void): Promise<DeploymentMeasure[]> => {
  const world = await BenchWorld.open();
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
