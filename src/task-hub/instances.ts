import type { InvocationContext } from '@azure/functions';
import type { DurableClient } from 'durable-functions';
import { z } from 'zod';
import type { Instance } from '../deployment/run/instance.ts';

/** An instance by its id; undefined when the task hub does not know it. The SDK throws for that, with a text as the only sign. */
export const findInstance = async (client: DurableClient, instanceId: string): Promise<Instance | undefined> => {
  try {
    return await client.getStatus(instanceId, { showInput: true });
  } catch (error) {
    if (error instanceof Error && error.message.includes('could not find any data associated')) return undefined;
    throw error;
  }
};

const bindingSchema = z.object({ rpcBaseUrl: z.url() });

const listedSchema = z.array(
  z.object({
    instanceId: z.string(),
    runtimeStatus: z.string(),
    createdTime: z.coerce.date(),
    lastUpdatedTime: z.coerce.date(),
    customStatus: z.unknown(),
    input: z.unknown(),
  }),
);

/** Of instances that have not ended. */
export const ACTIVE_STATUSES: readonly string[] = ['Pending', 'Running', 'Suspended', 'ContinuedAsNew'];

/** As many as one page of the task hub's list may have. */
const PAGE_SIZE = 1000;

export interface ListOptions {
  /** Only instances in one of these; all when absent. */
  readonly runtimeStatus?: readonly string[];
  readonly showInput?: boolean;
  /** Only instances created at this instant or later. */
  readonly createdFrom?: Date | undefined;
  /** Only instances created at this instant or earlier. */
  readonly createdTo?: Date | undefined;
}

/**
 * The address of the extension's own API, which the client binding carries; different for every task hub.
 */
export const taskHubUrl = (context: InvocationContext): string => {
  const binding = context.options.extraInputs.find(({ type }) => type === 'durableClient');
  return bindingSchema.parse(binding && context.extraInputs.get(binding)).rpcBaseUrl;
};

/**
 * All instances whose id begins with a prefix, without inputs unless asked for. The SDK's client can neither filter by prefix nor leave the inputs
 * out, so this asks the extension's own API.
 */
export const listInstances = async (
  context: InvocationContext,
  prefix: string,
  { runtimeStatus, showInput = false, createdFrom, createdTo }: ListOptions = {},
): Promise<Instance[]> => {
  const url = new URL('instances/', taskHubUrl(context));
  url.search = new URLSearchParams({
    instanceIdPrefix: prefix,
    showInput: `${showInput}`,
    top: `${PAGE_SIZE}`,
    ...(runtimeStatus && { runtimeStatus: runtimeStatus.join() }),
    ...(createdFrom && { createdTimeFrom: createdFrom.toISOString() }),
    ...(createdTo && { createdTimeTo: createdTo.toISOString() }),
  }).toString();

  const instances: Instance[] = [];
  let token = '';
  do {
    const response = await fetch(url, token ? { headers: { 'x-ms-continuation-token': token } } : {});
    if (!response.ok) throw new Error(`The task hub's list answered HTTP ${response.status}.`);
    instances.push(...listedSchema.parse(await response.json()));
    token = response.headers.get('x-ms-continuation-token') ?? '';
  } while (token !== '');
  return instances;
};
