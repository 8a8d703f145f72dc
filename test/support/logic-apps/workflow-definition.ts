import { z } from 'zod';

const statuses = z.enum(['Succeeded', 'Failed', 'Skipped', 'TimedOut']);

export type ActionStatus = z.infer<typeof statuses>;

const runAfter = z.record(z.string(), z.array(statuses));

/** An ISO 8601 duration in days and hours. */
const timeout = z.string().transform((text) => {
  const [, days = '0', hours = '0'] = /^P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(text) ?? [];
  return (Number(days) * 24 + Number(hours)) * 3_600_000;
});
const limit = z.strictObject({ timeout }).optional();

/** A request as the definition has it, or with its expressions evaluated. */
export const actionRequestSchema = z.strictObject({
  method: z.string(),
  uri: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  authentication: z.strictObject({ type: z.literal('ManagedServiceIdentity'), audience: z.string() }).optional(),
});

/** What a Response action answers, evaluated. */
export const responseSchema = z.strictObject({ statusCode: z.number(), body: z.unknown() });

export const terminateSchema = z.strictObject({
  runStatus: z.enum(['Failed', 'Cancelled', 'Succeeded']),
  runError: z.strictObject({ code: z.string(), message: z.string() }),
});

export type ActionRequest = z.infer<typeof actionRequestSchema>;

const action = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Http'), runAfter, limit, inputs: actionRequestSchema }),
  z.strictObject({
    type: z.literal('HttpWebhook'),
    runAfter,
    limit,
    inputs: z.strictObject({ subscribe: actionRequestSchema, unsubscribe: z.strictObject({}) }),
  }),
  z.strictObject({
    type: z.literal('Response'),
    kind: z.literal('Http'),
    operationOptions: z.literal('Asynchronous'),
    runAfter,
    inputs: z.strictObject({ statusCode: z.unknown(), body: z.unknown() }),
  }),
  z.strictObject({
    type: z.literal('Terminate'),
    runAfter,
    inputs: terminateSchema,
  }),
]);

export type Action = z.infer<typeof action>;

/**
 * As much of the Workflow Definition Language as the workflows in integrations/logic-apps use; anything else is refused.
 * Source: https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-actions-triggers
 */
export const workflowDefinitionSchema = z.strictObject({
  $schema: z.literal(
    'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  ),
  contentVersion: z.literal('1.0.0.0'),
  parameters: z.record(z.string(), z.strictObject({ type: z.enum(['String', 'SecureString']) })),
  triggers: z.strictObject({
    Request: z.strictObject({
      type: z.literal('Request'),
      kind: z.literal('Http'),
      inputs: z.strictObject({ method: z.literal('POST'), schema: z.unknown() }),
    }),
  }),
  actions: z.record(z.string(), action),
  outputs: z.strictObject({}),
});

export type WorkflowDefinition = z.infer<typeof workflowDefinitionSchema>;
