import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { CommandError } from '../../command-line/command-errors.ts';
import { inProject } from '../project.ts';
import { HOST_NODE_FLAGS } from './host-node-flags.ts';

const readyMessage = z.object({ ready: z.string() });
/** A child that does not close within this time is killed. Longer than what the host gives its parts one after another. */
const CLOSING_TIME_MS = 10_000;
const LINES_KEPT = 30;

/** What to run as a process of its own. */
export interface ChildServiceOptions {
  /** The command of run.js. */
  readonly command: 'host' | 'simulator';
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Gets every line that the child prints. */
  readonly onLine?: (line: string) => void;
}

/** An emulator that runs as a process of its own and ends with this one, however this one ends: the child notices that the channel closes. */
export class ChildService {
  readonly command: ChildServiceOptions['command'];
  /** Resolves with the exit code; null after a signal. */
  readonly exited: Promise<number | null>;
  readonly #process: ChildProcess;
  readonly #lastLines: string[] = [];
  readonly #ready: Promise<string>;

  constructor({ command, args, environment = {}, onLine = () => {} }: ChildServiceOptions) {
    this.command = command;
    const child = fork(inProject('local', 'cli', 'run.js'), [command, ...args], {
      env: { ...process.env, ...environment },
      execArgv: command === 'host' ? [...HOST_NODE_FLAGS] : [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process = child;
    const outputs = [child.stdout, child.stderr].map(async (stream) => {
      if (!stream) return;
      for await (const line of createInterface({ input: stream })) {
        this.#lastLines.push(line);
        if (this.#lastLines.length > LINES_KEPT) this.#lastLines.shift();
        onLine(line);
      }
    });
    // Node's `close` event, which comes after all output was read, never comes once this side has closed the channel.
    this.exited = new Promise((resolve) => {
      child.once('exit', (code) => void Promise.all(outputs).then(() => resolve(code)));
    });
    this.#ready = new Promise((resolve) => {
      child.on('message', (message) => {
        const parsed = readyMessage.safeParse(message);
        if (parsed.success) resolve(parsed.data.ready);
      });
    });
  }

  /** The child's last lines of output. */
  get lastLines(): readonly string[] {
    return this.#lastLines;
  }

  /**
   * @returns the URL that the child listens on.
   * @throws {@link CommandError} with the child's own words when it ends before.
   */
  async ready(): Promise<string> {
    const url = await Promise.race([this.#ready, this.exited]);
    if (typeof url === 'string') return url;
    throw new CommandError(this.#lastLines.join('\n') || `The ${this.command} ended before it was ready.`);
  }

  /** Asks the child to close, and kills it when it does not. */
  async stop(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect();
    const timeout = setTimeout(() => this.kill(), CLOSING_TIME_MS);
    await this.exited;
    clearTimeout(timeout);
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }
}
