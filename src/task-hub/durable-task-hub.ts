import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { z } from 'zod';
import type { Instance } from '../deployment/run/instance.ts';
import { listInstances } from './list-instances.ts';
import type { ListOptions, TaskHub } from './task-hub.ts';
import { TaskHubUnavailableError } from './task-hub-unavailable-error.ts';

/** Returns the task hub that an invocation's client binding names (`register.ts` asks for the binding). */
export const taskHubOf = (context: InvocationContext, client: Client = df.getClient(context)): TaskHub =>
  new DurableTaskHub(client, addressOf(context));

/** The part of the SDK's client that is in use. */
export type Client = Pick<df.DurableClient, 'getStatus' | 'startNew' | 'raiseEvent' | 'purgeInstanceHistory'>;

/** The task hub through the SDK's client, and through the extension's own API where the client is not enough. */
export class DurableTaskHub implements TaskHub {
  readonly address: string;
  readonly #client: Client;

  constructor(client: Client, address: string) {
    this.#client = client;
    this.address = address;
  }

  async find(instanceId: string): Promise<Instance | undefined> {
    try {
      return await this.#client.getStatus(instanceId, { showInput: true });
    } catch (error) {
      // The SDK throws for an unknown instance, with a text as the only sign.
      if (says(error, 'could not find any data associated')) return undefined;
      throw error;
    }
  }

  list(prefix: string, options?: ListOptions): Promise<Instance[]> {
    return listInstances(this.address, prefix, options);
  }

  async start(orchestrator: string, instanceId: string, input: unknown): Promise<void> {
    await stored(this.#client.startNew(orchestrator, { instanceId, input }));
  }

  async raise(instanceId: string, event: string, data: unknown): Promise<void> {
    try {
      await stored(this.#client.raiseEvent(instanceId, event, data));
    } catch (error) {
      // An instance that has ended answers 410, which the SDK takes for success; one that was purged since 404, for which it throws this text
      // (durable-functions 3.5.0, DurableClient.raiseEvent).
      if (!says(error, `No instance with ID '${instanceId}' found`)) throw error;
    }
  }

  async purge(instanceId: string): Promise<number> {
    try {
      return (await stored(this.#client.purgeInstanceHistory(instanceId))).instancesDeleted;
    } catch (error) {
      // The extension answers 412 for an instance that runs; it may have begun since it was listed (recorded from the extension 3.19.0).
      if (says(error, 'unexpected status code: 412.')) return 0;
      throw error;
    }
  }
}

/** The SDK has no other sign of the status than this text (durable-functions 3.5.0, DurableClient.createGenericError). */
const UNAVAILABLE = 'unexpected status code: 503.';

/** @throws TaskHubUnavailableError instead of what the SDK makes of a 503. */
const stored = async <T>(command: Promise<T>): Promise<T> => {
  try {
    return await command;
  } catch (error) {
    if (error instanceof Error && says(error, UNAVAILABLE)) throw new TaskHubUnavailableError(error);
    throw error;
  }
};

const says = (error: unknown, text: string): boolean => error instanceof Error && error.message.includes(text);

const bindingSchema = z.object({ rpcBaseUrl: z.url() });

/** The address of the extension's own API, which the client binding carries. */
const addressOf = (context: InvocationContext): string => {
  const binding = context.options.extraInputs.find(({ type }) => type === 'durableClient');
  return bindingSchema.parse(binding && context.extraInputs.get(binding)).rpcBaseUrl;
};
