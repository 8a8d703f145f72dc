import { Seeded } from '../../local/azure-simulator/base/seeded.ts';
import { noRepeats } from './count-writes.ts';
import { judge } from './judge.ts';
import { ProcessWorld } from './process-world.ts';
import { Tally } from './tally.ts';

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
}

/** Host, simulator and app are three busy things already. */
const LANES = 2;

/**
 * Kills the host's process at random moments of deployments and lets them finish after a restart; prints what was off, and the figure as the
 * last line.
 *
 * @returns the exit code: 1 when anything was off.
 */
export const runKills = async ({ kills, seed }: KillOptions): Promise<number> => {
  const begun = performance.now();
  const seconds = (): string => `${Math.round((performance.now() - begun) / 1000)} s`;
  const moments = new Seeded(seed);
  const tally = new Tally();
  console.error(`Killing the host at ${kills} random moments of deployments, in ${LANES} lanes…`);
  let next = 0;
  const lane = async (): Promise<void> => {
    const world = await ProcessWorld.open();
    try {
      const reference = await world.deploy();
      while (next < kills) {
        const kill = next++;
        const moment = moments.fraction(`kill ${kill}`, 'moment');
        const where = `kill ${kill + 1}, after ${Math.round(moment * 100)} % of the usual time`;
        await tryKill(world, reference, moment, where, tally);
        console.error(`  ${tally.restarts} of ${kills} kills, ${tally.off.length} off, ${seconds()}…`);
      }
    } finally {
      await world.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, kills) }, lane));
  for (const { where, what } of tally.off) console.log([`${where}:`, ...what].join('\n  '));
  for (const line of tally.notes) console.log(line);
  console.log(`kill -9 at ${kills} random moments (seed ${seed}); ${tally.figure}; ${seconds()}`);
  return tally.off.length > 0 ? 1 : 0;
};

const tryKill = async (
  world: ProcessWorld,
  { evidence, tookMs }: Awaited<ReturnType<ProcessWorld['deploy']>>,
  moment: number,
  where: string,
  tally: Tally,
): Promise<void> => {
  try {
    tally.add(where, judge(evidence, await world.deploy(moment * tookMs)));
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    tally.add(where, { faults: [fault], duplicates: [], repeats: noRepeats(), sentAtOnce: [] });
  }
};
