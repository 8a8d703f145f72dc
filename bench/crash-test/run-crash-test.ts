import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { inProject } from '../../local/project.ts';
import { NOT_COMPARED_PROPERTIES } from './canonical.ts';
import { commitOrders, describeDrop } from './drop.ts';
import { type Baseline, type ShareMessage, type ShareOptions, shareMessageSchema } from './share-report.ts';
import { Tally } from './tally.ts';

export interface CrashTestOptions extends Pick<ShareOptions, 'from' | 'every'> {
  readonly to?: number | undefined;
}

/** More than two would wait for each other on the smallest machine that is used. */
const SHARES = Math.min(2, availableParallelism());
/** A deployment leaves much garbage and little else; with V8's small nursery a tenth of the time goes into collecting it. */
const NODE_FLAGS = ['--max-semi-space-size=64'];
const TELL_EVERY_MS = 5_000;

/**
 * Drops the host at every commit of a deployment and lets it finish after a restart; prints what was off, and the figure as the last line.
 *
 * @returns the exit code: 1 when anything was off.
 */
export const runCrashTest = async ({ from, to, every }: CrashTestOptions): Promise<number> => {
  const begun = performance.now();
  const seconds = (): string => `${Math.round((performance.now() - begun) / 1000)} s`;
  const tally = new Tally();
  const baselines: Baseline[] = [];
  let planned = 0;
  let missed = 0;
  const take = (message: ShareMessage): void => {
    if (message.kind === 'baseline') {
      baselines.push(message.baseline);
      planned += message.drops;
      return;
    }
    const { trial } = message;
    const where = describeDrop(trial.drop);
    if (!trial.dropped) missed++;
    tally.add(where, trial);
    const off = tally.off.at(-1);
    if (off?.where === where) console.error([`${where}:`, ...off.what].join('\n  '));
  };
  const tell = (): void =>
    console.error(`  ${tally.restarts} of ${planned} drops, ${tally.off.length} off, ${seconds()}…`);

  console.error(`Dropping the host at every commit of a deployment, in ${SHARES} processes…`);
  const telling = setInterval(tell, TELL_EVERY_MS);
  try {
    const shares = Array.from({ length: SHARES }, (_, share) => share);
    await Promise.all(shares.map((share) => runShare({ share, shares: SHARES, from, every, to }, take)));
  } finally {
    clearInterval(telling);
  }

  const baselineFaults = baselines.flatMap(({ faults }) => faults);
  for (const fault of baselineFaults) console.log(`Undisturbed: ${fault}`);
  for (const { where, what } of tally.off) console.log([`${where}:`, ...what].join('\n  '));
  console.log('Not compared:');
  for (const [property, why] of Object.entries(NOT_COMPARED_PROPERTIES)) console.log(`  ${property}: ${why}`);
  for (const line of tally.notes) console.log(line);
  if (missed > 0) console.log(`${missed} deployments had fewer commits and ended before the drop.`);
  console.log(`${extentOf(baselines[0])}; ${tally.figure}; ${seconds()}`);
  return tally.off.length + baselineFaults.length > 0 || tally.restarts === 0 ? 1 : 0;
};

/** A deployment's durable events stand in the store by whole commits: between two events of one commit there is no state to restart from. */
const extentOf = (baseline: Baseline | undefined): string =>
  baseline === undefined
    ? 'N unknown'
    : `N = ${baseline.events} durable events in ${commitOrders.map((order) => `${baseline.commits[order]} commits (${order})`).join(' or ')}`;

const runShare = (options: ShareOptions, take: (message: ShareMessage) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(inProject('bench', 'crash-test', 'share-process.ts'), [JSON.stringify(options)], {
      execArgv: [...NODE_FLAGS],
      stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
    });
    child.on('message', (message) => take(shareMessageSchema.parse(message)));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The process of a share ended with ${code}; see above.`)),
    );
  });
