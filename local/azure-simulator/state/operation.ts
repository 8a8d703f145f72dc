import { z } from 'zod';
import { jsonObject } from '../base/json.ts';
import { resourceSchema } from './resource.ts';

const handledEffectSchema = z.object({ do: z.literal('handle'), name: z.string(), input: jsonObject });

/** What a service does that the state does not know. */
export type HandledEffect = z.infer<typeof handledEffectSchema>;

/** What becomes true at the end of an operation. Data rather than code, so that it survives a restart. */
const effectSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('put'), resource: resourceSchema }),
  z.object({ do: z.literal('merge'), id: z.string(), properties: jsonObject }),
  z.object({ do: z.literal('remove'), id: z.string() }),
  handledEffectSchema,
]);

export type Effect = z.infer<typeof effectSchema>;

const operationErrorSchema = z.object({ status: z.number().optional(), code: z.string(), message: z.string() });

export type OperationError = z.infer<typeof operationErrorSchema>;

/** Why an operation was cancelled when its resource went. Code and text: from memory, unverified. */
export const PREEMPTED: OperationError = {
  code: 'OperationPreempted',
  message: 'The operation was preempted by the deletion of its resource.',
};

/** A write that takes modelled time, or a delay until something is visible everywhere. */
export const operationSchema = z.object({
  id: z.string(),
  resourceId: z.string(),
  operation: z.string(),
  kind: z.enum(['asynchronous', 'synchronous', 'replication']),
  startedAt: z.number(),
  /** The modelled instant of the end; null for an operation that never ends. */
  endsAt: z.number().nullable(),
  success: z.array(effectSchema),
  failure: z.array(effectSchema),
  error: operationErrorSchema.optional(),
  /** Cut short by another operation, such as the deletion of its resource. */
  canceled: z.boolean().optional(),
  settled: z.boolean(),
});

export type Operation = z.infer<typeof operationSchema>;

export const statusOf = (operation: Operation, now: number): 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled' => {
  if (operation.endsAt === null || now < operation.endsAt) return 'InProgress';
  if (operation.canceled) return 'Canceled';
  return operation.error ? 'Failed' : 'Succeeded';
};
