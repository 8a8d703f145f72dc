import * as z from 'zod';
import { fetchJson } from './deployment-client.ts';

const operationSchema = z.object({
  resourceId: z.string(),
  operation: z.string(),
  kind: z.string(),
  /** Modelled instants, ms since the epoch; no end for one that never ends. */
  startedAt: z.number(),
  endsAt: z.number().nullable(),
});

/** An operation as the simulator's control API shows it. */
export type SimulatedOperation = z.output<typeof operationSchema>;

const requestSchema = z.object({ method: z.string(), url: z.string(), status: z.number().nullable(), at: z.number() });

/** A request that the simulator answered; `at` in modelled milliseconds. */
export type SimulatedRequest = z.output<typeof requestSchema>;

/** The long-running operations that the simulator carried out. */
export const readOperations = async (simulatorUrl: string): Promise<readonly SimulatedOperation[]> =>
  (await fetchJson(`${simulatorUrl}/_simulator/operations`, z.object({ operations: z.array(operationSchema) })))
    .operations;

/** The simulator's journal of requests. */
export const readRequests = async (simulatorUrl: string): Promise<readonly SimulatedRequest[]> =>
  (await fetchJson(`${simulatorUrl}/_simulator/requests`, z.object({ requests: z.array(requestSchema) }))).requests;

/** Whether a request went to Resource Manager, and not to a data plane or a cluster. */
export const isResourceManagerRequest = ({ url }: SimulatedRequest): boolean =>
  new URL(url).hostname.startsWith('management.');

/** How many requests there were of each verb, the most frequent first. */
export const countByVerb = (requests: readonly SimulatedRequest[]): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>();
  for (const { method } of requests) counts.set(method, (counts.get(method) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
};
