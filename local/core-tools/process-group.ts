import { type ChildProcess, spawn } from 'node:child_process';

/** How long a program has after Ctrl-C before it is killed. */
const ENDING_MS = 10_000;
const KEPT_CHARACTERS = 4_000;

/** @see ProcessGroup */
export interface ProcessGroupOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `shown` goes to this process's own output; `kept` is read from {@link ProcessGroup.lastOutput}. */
  readonly output: 'shown' | 'kept';
}

/**
 * A program with all that it starts in turn: launchers such as npx and npm's `func` do not end what they started. It gets a group of its own, so
 * that the Ctrl-C of a terminal reaches it once, from here. Windows has no such groups: there the program alone is ended.
 */
export class ProcessGroup {
  /** Resolves with the exit code; null after a signal, or when it could not be started. */
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;
  #output = '';

  constructor(program: string, args: readonly string[], { cwd, env, output }: ProcessGroupOptions) {
    const streams = output === 'shown' ? 'inherit' : 'pipe';
    this.#process = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', streams, streams],
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32',
    });
    const keep = (text: unknown): void => {
      this.#output = `${this.#output}${String(text)}`.slice(-KEPT_CHARACTERS);
    };
    this.#process.stdout?.on('data', keep);
    this.#process.stderr?.on('data', keep);
    this.ended = new Promise((resolve) => {
      this.#process.once('exit', resolve);
      this.#process.once('error', (error) => {
        keep(error.message);
        resolve(null);
      });
    });
  }

  /** The end of what it printed, when that is kept. */
  get lastOutput(): string {
    return this.#output.trim();
  }

  /** Ctrl-C for all of it; what is still there after ten seconds is killed. */
  async stop(): Promise<void> {
    this.#signal('SIGINT');
    const timeout = setTimeout(() => this.kill(), ENDING_MS);
    await this.ended;
    clearTimeout(timeout);
    // What the program left behind.
    this.kill();
  }

  kill(): void {
    this.#signal('SIGKILL');
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#process.kill(signal);
      else process.kill(-pid, signal);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}
