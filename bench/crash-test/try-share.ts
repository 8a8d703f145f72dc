import { noRepeats } from './count-writes.ts';
import { CrashWorld } from './crash-world.ts';
import { type CommitOrder, commitOrders, type Drop } from './drop.ts';
import type { Evidence } from './evidence.ts';
import { judge } from './judge.ts';
import type { Baseline, ShareMessage, ShareOptions, Trial } from './share-report.ts';

/** Tries a share of all drops in this process, reporting each; to be called once in a process. */
export const tryShare = async (options: ShareOptions, tell: (message: ShareMessage) => void): Promise<void> => {
  const world = await CrashWorld.open();
  try {
    const { baseline, reference } = await measureBaseline(world);
    const drops = dropsOf(baseline, options);
    tell({ kind: 'baseline', baseline, drops: drops.length });
    for (const drop of drops) tell({ kind: 'trial', trial: await tryDrop(world, reference, drop) });
  } finally {
    await world.close();
  }
};

const measureBaseline = async (
  world: CrashWorld,
): Promise<{ readonly baseline: Baseline; readonly reference: Evidence }> => {
  const first = await world.deployWithDrop('one-transaction');
  const second = await world.deployWithDrop('messages-first');
  const verdicts = [first, second].map((outcome) => judge(first.evidence, outcome));
  return {
    reference: first.evidence,
    baseline: {
      commits: { 'one-transaction': first.commits, 'messages-first': second.commits },
      events: first.historyEvents,
      faults: verdicts.flatMap(({ faults, duplicates }) => [...faults, ...duplicates]),
    },
  };
};

/** At each commit twice: the commit lost, and the commit the last thing that was saved. */
const dropsOf = ({ commits }: Baseline, { share, shares, from, to, every }: ShareOptions): Drop[] => {
  const of = (order: CommitOrder): Drop[] => {
    const last = Math.min(to ?? Number.POSITIVE_INFINITY, commits[order]);
    const count = Math.max(0, Math.ceil((last - from + 1) / every));
    return Array.from({ length: count }, (_, index) => from + index * every).flatMap((commit) => [
      { order, commit, when: 'before' },
      { order, commit, when: 'after' },
    ]);
  };
  return commitOrders.flatMap(of).filter((_, index) => index % shares === share);
};

const tryDrop = async (world: CrashWorld, reference: Evidence, drop: Drop): Promise<Trial> => {
  try {
    const outcome = await world.deployWithDrop(drop.order, drop);
    const { faults, duplicates, repeats, sentAtOnce } = judge(reference, outcome);
    return {
      drop,
      dropped: outcome.dropped,
      faults: [...faults],
      duplicates: [...duplicates],
      repeats: { ...repeats },
      sentAtOnce: [...sentAtOnce],
    };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return { drop, dropped: true, faults: [fault], duplicates: [], repeats: noRepeats(), sentAtOnce: [] };
  }
};
