import * as z from 'zod';
import { fetchJson, readOutputs } from '../../local/world/deployment-client.ts';
import { deploymentStatusSchema } from '../../local/world/deployment-status.ts';

const resourcesSchema = z.object({
  resources: z.array(z.looseObject({ id: z.string() })),
  deletedVaults: z.array(z.unknown()),
  roleAssignments: z.array(z.looseObject({ scope: z.string(), name: z.string() })),
});

const requestSchema = z.object({
  method: z.string(),
  url: z.string(),
  status: z.number().nullable(),
  body: z.unknown().optional(),
  /** Modelled milliseconds. */
  at: z.number(),
  durationMs: z.number(),
});

/** A request that Azure got. */
export type SentRequest = z.output<typeof requestSchema>;

const requestsSchema = z.object({ requests: z.array(requestSchema) });

const operationSchema = z.object({ resourceId: z.string(), operation: z.string(), kind: z.string() });

const operationsSchema = z.object({ operations: z.array(operationSchema) });

/** What can be seen of a deployment after its end: in its own answers, and in Azure. */
export interface Evidence {
  readonly deployment: z.output<typeof deploymentStatusSchema>;
  /** Empty unless it succeeded. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly azure: z.output<typeof resourcesSchema>;
  /** Oldest first. */
  readonly requests: readonly SentRequest[];
  /** Everything that Azure set to work on. */
  readonly operations: readonly z.output<typeof operationSchema>[];
}

/** Collects it from the host's API and the simulator's. */
export const collectEvidence = async (hostUrl: string, simulatorUrl: string, id: string): Promise<Evidence> => {
  const statusUrl = `${hostUrl}/api/deployments/${id}`;
  const ask = <T>(name: string, schema: z.ZodType<T>): Promise<T> =>
    fetchJson(`${simulatorUrl}/_simulator/${name}`, schema);
  const deployment = await fetchJson(statusUrl, deploymentStatusSchema);
  return {
    deployment,
    outputs: deployment.status === 'Succeeded' ? await readOutputs(`${statusUrl}/outputs`) : {},
    azure: await ask('resources', resourcesSchema),
    requests: (await ask('requests', requestsSchema)).requests,
    operations: (await ask('operations', operationsSchema)).operations,
  };
};
