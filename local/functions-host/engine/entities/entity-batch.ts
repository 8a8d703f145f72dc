import { z } from 'zod';
import type { FunctionWorker } from '../../worker/function-worker.ts';
import type { EntityRequest, SchedulerState } from './scheduler-state.ts';

const response = z.object({
  results: z.array(z.object({ isError: z.boolean(), result: z.string().nullish() })),
  signals: z.array(
    z.object({
      target: z.object({ name: z.string(), key: z.string() }),
      name: z.string(),
      input: z.string().nullish(),
    }),
  ),
  entityExists: z.boolean(),
  entityState: z.string().nullish(),
});

/** What an entity function returns for a batch, one result for each operation. */
export type EntityBatchResult = z.infer<typeof response>;

/**
 * Runs operations of one entity in one invocation (durable extension EntityTriggerAttributeBindingProvider.cs, OutOfProcEntityState).
 *
 * @throws Error when the invocation itself fails; the batch is then tried again.
 */
export const runEntityBatch = async (
  worker: FunctionWorker,
  name: string,
  key: string,
  { exists, state }: SchedulerState,
  requests: readonly EntityRequest[],
): Promise<EntityBatchResult> => {
  const batch = requests.map(({ operation, input, isSignal }) => ({ name: operation, input, isSignal }));
  const payload = JSON.stringify({ self: { name, key }, exists, state, batch });
  const data = await worker.invoke('entityTrigger', name, { string: payload });
  return response.parse(JSON.parse(data?.json ?? data?.string ?? 'null'));
};
