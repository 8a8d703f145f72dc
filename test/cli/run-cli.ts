import { type ChildProcess, spawn } from 'node:child_process';
import { inProject } from '../../local/project.ts';

export interface Ended {
  /** Null when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const LOCAL: readonly string[] = ['local', 'cli', 'run.js'];

/** The commands of bench/. */
export const BENCH: readonly string[] = ['bench', 'run.js'];

/** A command line that runs: `node local/cli/run.js …`, or another script of the project. */
export class RunningCli {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';
  readonly #onOutput = new Set<() => void>();

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv = {}, script = LOCAL) {
    this.process = spawn(process.execPath, [inProject(...script), ...args], {
      env: { ...process.env, NO_COLOR: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const collect = (add: (text: string) => void) => (chunk: Buffer) => {
      add(chunk.toString());
      for (const look of this.#onOutput) look();
    };
    this.process.stdout?.on(
      'data',
      collect((text) => {
        this.#stdout += text;
      }),
    );
    this.process.stderr?.on(
      'data',
      collect((text) => {
        this.#stderr += text;
      }),
    );
    this.ended = new Promise((resolve) => {
      this.process.once('close', (code) => {
        resolve({ code, stdout: this.#stdout, stderr: this.#stderr });
        for (const look of this.#onOutput) look();
      });
    });
  }

  /** Resolves with the match when stdout, or stderr, has it. @throws when the process ends before. */
  output(pattern: RegExp, stream: 'stdout' | 'stderr' = 'stdout'): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(stream === 'stdout' ? this.#stdout : this.#stderr);
        const over = this.process.exitCode !== null || this.process.signalCode !== null;
        if (!match && !over) return;
        this.#onOutput.delete(look);
        if (match) resolve(match);
        else reject(new Error(`${pattern} never came:\n${this.#stdout}${this.#stderr}`));
      };
      this.#onOutput.add(look);
      look();
    });
  }
}

/** Runs a command line to its end. */
export const runCli = (args: readonly string[], environment: NodeJS.ProcessEnv = {}, script = LOCAL): Promise<Ended> =>
  new RunningCli(args, environment, script).ended;
