import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { type AzCommand, labelOf } from './az-command.ts';

/** How a bash script with `az` commands is run. */
export interface AzScriptOptions {
  /** Bash's arguments, e.g. `['tutorial.sh']`. */
  readonly args: readonly string[];
  /** The whole environment; its PATH begins with the folder in which `recorded-az.sh` is called `az`. */
  readonly environment: Readonly<Record<string, string>>;
  /** A folder for what the commands say on stderr: the environment's AZ_RECORDS. */
  readonly records: string;
  readonly onCommand?: (command: AzCommand) => void;
  /** Kills the script and all that it started. */
  readonly signal: AbortSignal;
}

/** What became of a script. */
export interface AzScriptResult {
  readonly commands: readonly AzCommand[];
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a script to its end, whatever its commands answer, as a person does who types it.
 *
 * @throws when it is aborted, or bash itself cannot run it.
 */
export const runAzScript = async (options: AzScriptOptions): Promise<AzScriptResult> => {
  const { args, environment, records, onCommand = () => {}, signal } = options;
  signal.throwIfAborted();
  const bash = spawn('bash', ['--noprofile', '--norc', ...args], {
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const kill = (): void => killGroup(bash);
  signal.addEventListener('abort', kill);
  try {
    const commands: AzCommand[] = [];
    const begun = new Map<string, { readonly label: string; readonly startedAt: number }>();
    const record = (line: string): void => {
      const [event, process = '', ...rest] = line.split('\x1f');
      if (event === 'begin') begun.set(process, { label: labelOf(rest), startedAt: Date.now() });
      const start = begun.get(process);
      if (event !== 'end' || !start) return;
      const errors = readFileSync(join(records, `${process}.err`), 'utf8');
      const command = { ...start, endedAt: Date.now(), code: Number(rest[0]), errors };
      commands.push(command);
      onCommand(command);
    };
    const [stdout, stderr] = [textOf(bash.stdio[1]), textOf(bash.stdio[2])];
    const events = eachLine(bash.stdio[3], record);
    await new Promise<void>((resolve, reject) => {
      bash.once('error', reject);
      bash.once('close', () => resolve());
    });
    await events;
    signal.throwIfAborted();
    return { commands, stdout: await stdout, stderr: await stderr };
  } finally {
    signal.removeEventListener('abort', kill);
  }
};

const eachLine = async (stream: unknown, take: (line: string) => void): Promise<void> => {
  for await (const line of createInterface({ input: readable(stream) })) take(line);
};

const textOf = async (stream: unknown): Promise<string> => {
  let text = '';
  for await (const chunk of readable(stream).setEncoding('utf8')) text += chunk;
  return text;
};

const readable = (stream: unknown): Readable => {
  if (stream instanceof Readable) return stream;
  throw new Error('Bash was started without its pipes.');
};

/** Bash leads a process group of its own, so that no `az` outlives it. */
const killGroup = ({ pid }: ChildProcess): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
};
