import { z } from 'zod';
import type { Instance } from '../deployment/run/instance.ts';
import type { ListOptions } from './task-hub.ts';

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

/** How many instances one page of the task hub's list may have. */
const PAGE_SIZE = 1000;

/**
 * Returns all instances whose id begins with a prefix, page by page. The SDK's client can neither filter by prefix nor leave the inputs out, so this
 * asks the extension's own API.
 *
 * @param address - the `rpcBaseUrl` of the client binding.
 */
export const listInstances = async (
  address: string,
  prefix: string,
  { runtimeStatus, showInput = false, createdFrom }: ListOptions = {},
): Promise<Instance[]> => {
  const url = new URL('instances/', address);
  url.search = new URLSearchParams({
    instanceIdPrefix: prefix,
    showInput: `${showInput}`,
    top: `${PAGE_SIZE}`,
    ...(runtimeStatus && { runtimeStatus: runtimeStatus.join() }),
    ...(createdFrom && { createdTimeFrom: createdFrom.toISOString() }),
  }).toString();

  const instances: Instance[] = [];
  let token = '';
  const seen = new Set<string>();
  do {
    if (seen.has(token)) throw new Error("A page of the task hub's list leads back to one that was read already.");
    seen.add(token);
    const response = await fetch(url, token ? { headers: { 'x-ms-continuation-token': token } } : {});
    if (!response.ok) throw new Error(`The task hub's list answered HTTP ${response.status}.`);
    instances.push(...listedSchema.parse(await response.json()));
    token = response.headers.get('x-ms-continuation-token') ?? '';
  } while (token !== '');
  return instances;
};
