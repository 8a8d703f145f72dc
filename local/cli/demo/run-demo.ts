import { formatDuration } from '../../../command-line/format-duration.ts';
import type { Clock } from '../../clock/clock.ts';
import { summarize } from '../../timing/modelled-summary.ts';
import { modelledTimes } from '../../timing/modelled-times.ts';
import { followDeployment, postDeployment, readOutputs } from '../../world/deployment-client.ts';
import { countByVerb, isResourceManagerRequest, readOperations, readRequests } from '../../world/simulator-client.ts';
import { failureLines, outputLines, reportLines } from './demo-report.ts';
import { liveProgress, plainProgress } from './demo-screen.ts';

const LOOK_EVERY_MS = 200;
const COLUMNS_WHEN_PIPED = 100;

/** What the demo talks to and how it is shown. */
export interface DemoOptions {
  readonly hostUrl: string;
  readonly simulatorUrl: string;
  readonly clock: Clock;
  /** Modelled seconds per real one. */
  readonly speed: number;
  /** Whether stdout is for the JSON document only. */
  readonly json: boolean;
  /** Writes a line for a person. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Deploys the tutorial's defaults through a host that runs, and shows how it goes on and how it ended.
 *
 * @returns the exit code: 0 when the deployment succeeded, else 1.
 */
export const runDemo = async ({
  hostUrl,
  simulatorUrl,
  clock,
  speed,
  json,
  say,
  signal,
}: DemoOptions): Promise<number> => {
  const stream = json ? process.stderr : process.stdout;
  const show = stream.isTTY ? liveProgress(stream) : plainProgress(say);
  const accepted = await postDeployment(hostUrl, {});
  say(`POST ${hostUrl}/api/deployments {} → 202, deployment ${accepted.id}\n`);
  const status = await followDeployment(accepted.urls.status, {
    intervalMs: LOOK_EVERY_MS,
    onStatus: (current) => show(current, new Date(clock.now()).toISOString()),
    signal,
  });
  const succeeded = status.status === 'Succeeded';
  const [operations, requests, outputs] = await Promise.all([
    readOperations(simulatorUrl),
    readRequests(simulatorUrl),
    succeeded ? readOutputs(accepted.urls.outputs) : {},
  ]);
  const times = modelledTimes(status.steps, operations);
  const verbs = countByVerb(requests.filter(isResourceManagerRequest));
  const lines = [
    '',
    ...reportLines(status, times, stream.columns ?? COLUMNS_WHEN_PIPED),
    '',
    requestsLine(verbs),
    `At speed ${speed}, 0.1s of this machine's own work counts as ${formatDuration(speed / 10)}; npm run bench measures without that.`,
    '',
    ...(succeeded ? outputLines(outputs) : failureLines(status)),
    '',
    'To send requests of your own: npm start. Other durations: npm run demo -- --seed 2.',
  ];
  for (const line of lines) say(line);
  if (json) {
    const modelled = summarize(status, times);
    const document = { status: status.status, steps: status.steps, outputs, modelled, requests: verbs };
    console.log(JSON.stringify(document, undefined, 2));
  }
  return succeeded ? 0 : 1;
};

const requestsLine = (verbs: Readonly<Record<string, number>>): string => {
  const counts = Object.entries(verbs).map(([verb, count]) => `${count} ${verb}`);
  return `Requests to Resource Manager: ${counts.join(', ')}`;
};
