import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { formatDuration } from '../../command-line/format-duration.ts';

const SHOWN_EVERY_MS = 10_000;
const LINES_KEPT = 10;
const LONGEST_SHOWN = 60;

/** How to run a program whose output is of interest only when it fails. */
export interface RunShownOptions {
  readonly say: (line: string) => void;
  /** Ends the program; the promise then rejects when it has ended. */
  readonly signal: AbortSignal;
}

/** Runs a program that may take minutes, and shows every ten seconds that and where it is. */
export const runShown = async (
  program: string,
  args: readonly string[],
  { say, signal }: RunShownOptions,
): Promise<{ readonly code: number | null; readonly lastLines: readonly string[] }> => {
  const startedAt = Date.now();
  const lastLines: string[] = [];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = (): boolean => child.kill();
  signal.addEventListener('abort', stop);
  const read = [child.stdout, child.stderr].map(async (stream) => {
    for await (const line of createInterface({ input: stream })) {
      lastLines.push(line);
      if (lastLines.length > LINES_KEPT) lastLines.shift();
    }
  });
  const timer = setInterval(() => {
    const line = lastLines.at(-1)?.trim() ?? '';
    const shown = line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
    say(`  ${formatDuration((Date.now() - startedAt) / 1000).padStart(5)}  ${shown}`);
  }, SHOWN_EVERY_MS);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    await Promise.all(read);
    signal.throwIfAborted();
    return { code, lastLines };
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', stop);
  }
};
