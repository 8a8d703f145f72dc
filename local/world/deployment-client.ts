import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { CommandError } from '../../command-line/command-errors.ts';
import { type DeploymentStatus, deploymentStatusSchema, hasEnded } from './deployment-status.ts';

const acceptedSchema = z.looseObject({
  id: z.string(),
  urls: z.looseObject({ status: z.url(), outputs: z.url() }),
});

/** The answer to `POST /api/deployments`. */
export type AcceptedDeployment = z.output<typeof acceptedSchema>;

const problemSchema = z.looseObject({ title: z.string().optional(), detail: z.string().optional() });

const outputsSchema = z.record(z.string(), z.string());

/** @param body - `{}` for the tutorial's defaults. */
export const postDeployment = (hostUrl: string, body: object): Promise<AcceptedDeployment> =>
  fetchJson(`${hostUrl}/api/deployments`, acceptedSchema, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** How to follow a deployment. */
export interface FollowOptions {
  /** Between two polls, in real milliseconds. */
  readonly intervalMs: number;
  readonly onStatus: (status: DeploymentStatus) => void;
  readonly signal: AbortSignal;
}

/** Polls a deployment until it has ended. */
export const followDeployment = async (
  statusUrl: string,
  { intervalMs, onStatus, signal }: FollowOptions,
): Promise<DeploymentStatus> => {
  for (;;) {
    const status = await fetchJson(statusUrl, deploymentStatusSchema, { signal });
    onStatus(status);
    if (hasEnded(status)) return status;
    await sleep(intervalMs, undefined, { signal });
  }
};

/** The variables that the tutorial exports; only after the deployment succeeded. */
export const readOutputs = (outputsUrl: string): Promise<Readonly<Record<string, string>>> => {
  const url = new URL(outputsUrl);
  url.searchParams.set('format', 'json');
  return fetchJson(url.href, outputsSchema);
};

/**
 * Fetches JSON and checks its shape.
 *
 * @throws {@link CommandError} with the problem's own words for an answer that is no success.
 */
export const fetchJson = async <T>(url: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<T> => {
  const response = await fetch(url, init);
  const text = await response.text();
  const value = parseJson(text);
  if (response.ok) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new CommandError(`${url} answered in an unexpected shape:\n${z.prettifyError(parsed.error)}`);
  }
  const problem = problemSchema.safeParse(value);
  const words = problem.success
    ? [problem.data.title, problem.data.detail].filter(Boolean).join(': ')
    : text.slice(0, 500);
  throw new CommandError(`${init.method ?? 'GET'} ${url} answered ${response.status}: ${words}`);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
