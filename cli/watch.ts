import type { Context } from './client-command.ts';
import { EXIT } from './exit-codes.ts';
import { changesOf, NO_PROGRESS } from './output/progress.ts';
import { countChanges, summaryLines } from './output/summary.ts';
import { UnreachableError } from './service/api-error.ts';
import { followStatus } from './service/follow-status.ts';
import { hasEnded, type Status } from './service/status-schema.ts';

/** How to watch a deployment. */
export interface WatchOptions {
  /** JSON lines instead of text. */
  readonly json: boolean;
  /** The status that was wished for. */
  readonly goal: 'Succeeded' | 'Cancelled' | 'Deleted';
  /** Whether it is over; by default when nothing more happens by itself. */
  readonly isOver?: (status: Status) => boolean;
}

/**
 * Shows how a deployment goes on until it ends, or until Ctrl-C, which leaves it running.
 *
 * @returns the exit code: 0 when it ended as wished.
 */
export const watch = async (id: string, context: Context, options: WatchOptions): Promise<number> => {
  const { api, terminal, invocation, takeInterrupt } = context;
  const { json, goal, isOver = hasEnded } = options;
  const { signal: interrupted } = takeInterrupt();
  let progress = NO_PROGRESS;
  if (!json) terminal.err(`Watching "${id}". Ctrl-C leaves it running.\n`);
  try {
    const status = await followStatus(api, id, {
      signal: interrupted,
      say: terminal.err,
      isOver,
      pace: context.pace,
      onLook: (seen, now) => {
        const changes = changesOf(progress, seen, now);
        progress = changes.progress;
        if (json) {
          for (const step of new Set(changes.happened.map(({ step }) => step))) {
            terminal.out(JSON.stringify({ type: 'step', ...step }));
          }
        } else for (const line of [...changes.happened.map(({ line }) => line), ...changes.goingOn]) terminal.out(line);
      },
    });
    const exitCode = status.status === goal ? EXIT.ok : EXIT.failed;
    if (json) {
      terminal.out(
        JSON.stringify({ type: 'end', status: status.status, exitCode, ...countChanges(status), deployment: status }),
      );
      return exitCode;
    }
    for (const line of ['', ...summaryLines(status, terminal.paint)]) terminal.out(line);
    if (status.status === 'Succeeded') terminal.out(`\nThe variables of the tutorial: ${invocation(`outputs ${id}`)}`);
    return exitCode;
  } catch (error) {
    if (!interrupted.aborted && !(error instanceof UnreachableError)) throw error;
    terminal.err(`\nNo longer watching; the deployment "${id}" goes on.`);
    terminal.err(`To come back:  ${invocation(`status ${id} --watch`)}`);
    if (goal === 'Succeeded') terminal.err(`To stop it:    ${invocation(`cancel ${id}`)}`);
    if (!interrupted.aborted) throw error;
    return EXIT.interrupted;
  }
};
