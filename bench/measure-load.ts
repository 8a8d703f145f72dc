import { fork } from 'node:child_process';
import * as z from 'zod';
import { inProject } from '../local/project.ts';
import { HOST_NODE_FLAGS } from '../local/world/host-node-flags.ts';

export const loadMeasureSchema = z.object({
  deployments: z.number(),
  succeeded: z.number(),
  /** Why the first one that failed did. */
  firstFailure: z.string().optional(),
  episodes: z.number(),
  wallSeconds: z.number(),
  /** Of the process that is the host with the app. */
  peakRssMebibytes: z.number(),
  modelledSeconds: z.number(),
  requests: z.number(),
  refusedByThrottling: z.number(),
});

/** What happened when many deployments were posted at once. */
export type LoadMeasure = z.output<typeof loadMeasureSchema>;

export interface LoadOptions {
  readonly deployments: number;
  /** Whether the simulated Resource Manager limits requests, as the real one does. */
  readonly throttling: boolean;
  /** How many run at once in the subscription; the others wait their turn. */
  readonly runningLimit: number;
}

/** Measures in a process of its own, so that its peak of memory is that of this work alone. */
export const measureLoad = ({ deployments, throttling, runningLimit }: LoadOptions): Promise<LoadMeasure> =>
  new Promise((resolve, reject) => {
    const child = fork(inProject('bench', 'load-process.ts'), [String(deployments), throttling ? 'on' : 'off'], {
      execArgv: [...HOST_NODE_FLAGS],
      env: { ...process.env, MAX_RUNNING_DEPLOYMENTS: String(runningLimit) },
      stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
    });
    child.once('message', (message) => resolve(loadMeasureSchema.parse(message)));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The measuring process ended with ${code}; see above.`)));
  });
