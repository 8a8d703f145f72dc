import type { Surroundings } from '../../cli/client-command.ts';
import { runCli } from '../../cli/run-cli.ts';

/** What surrounds a command in a test. */
export interface InProcessOptions {
  readonly url: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What a person types when asked; without it there is nobody. */
  readonly answers?: string;
  /** Gets every line, so that a test can act while a command runs. */
  readonly onLine?: (line: string) => void;
  /** How long pauses are, as a share of those in reality (0.01). */
  readonly pace?: number;
  /** Resolves when Ctrl-C is pressed. */
  readonly interrupted?: Promise<void>;
}

/** Runs `npm run cli -- …` in this process. @returns what it wrote and ended with; `asked` are the questions. */
export const inProcess = async (args: readonly string[], options: InProcessOptions) => {
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const requested = options.interrupted ?? new Promise<void>(() => {});
  const interrupt = new AbortController();
  void requested.then(() => interrupt.abort());
  const surroundings: Surroundings = {
    environment: { AIRFLOW_ON_AKS_URL: options.url, ...options.environment },
    pace: options.pace ?? 0.01,
    takeInterrupt: () => ({ signal: interrupt.signal, requested, release: () => {} }),
    terminal: {
      out: (line) => {
        out.push(line);
        options.onLine?.(line);
      },
      err: (line) => {
        err.push(line);
        options.onLine?.(line);
      },
      paint: (_, text) => text,
      isInteractive: options.answers !== undefined,
      ask: async (question) => {
        asked.push(question);
        return options.answers;
      },
    },
  };
  const code = await runCli(args, surroundings);
  return { code, out: out.join('\n'), err: err.join('\n'), asked };
};
