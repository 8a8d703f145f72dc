import { z } from 'zod';
import { expiresAtSchema } from './expires-at.ts';

/** The events that a callback can send: the end always, the others only when they are asked for. */
export const callbackEvents = ['ended', 'step', 'awaitingApproval', 'expiring', 'drift'] as const;

export type CallbackEventType = (typeof callbackEvents)[number];

/** More than any address of Logic Apps or ServiceNow has. */
const MAX_URL_LENGTH = 2048;

/** How long a decision is waited for at most: thirty days. */
const MAX_TIMEOUT_HOURS = 720;

/**
 * What a POST asks for beside the deployment itself: how it is to be carried out and who is notified. None of it is part of what two requests are compared by.
 */
export const deploymentOptionsShape = {
  planHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be the hash of a plan: 64 hex digits')
    .optional()
    .meta({ title: 'Plan', description: 'The hash of a plan: starts only while that plan still holds.' }),
  skipPreflight: z
    .boolean()
    .default(false)
    .meta({ title: 'Skip the preflight', description: 'Leaves out the checks before the first change.' }),
  /** Where signed messages are sent; see docs/callbacks.md. Whether the host may be called is checked by the service's settings. */
  callbackUrl: z
    .string()
    .max(MAX_URL_LENGTH, { error: `must have at most ${MAX_URL_LENGTH} characters`, abort: true })
    .refine((text) => URL.canParse(text), 'must be an absolute URL')
    .optional()
    .meta({ title: 'Callback URL', description: 'Where signed messages are sent. Kept encrypted and never shown.' }),
  callbackEvents: z
    .array(z.enum(callbackEvents, `must be ${callbackEvents.join(', ')}`))
    .min(1, 'must name at least one event')
    .transform((list) => callbackEvents.filter((event) => event === 'ended' || list.includes(event)))
    .optional()
    .meta({ title: 'Callback events', description: 'Which events are sent beside the end.' }),
  /** Holds the deployment before its first change until somebody approves it. */
  approval: z
    .strictObject({
      required: z.boolean().meta({ title: 'Needs approval' }),
      timeoutHours: z
        .int()
        .min(1, 'must be at least 1')
        .max(MAX_TIMEOUT_HOURS, `must be at most ${MAX_TIMEOUT_HOURS}`)
        .default(24)
        .meta({ title: 'Hours to decide', description: 'How long a decision is waited for.' }),
    })
    .optional()
    .meta({
      title: 'Approval',
      description: 'Holds the deployment before its first change until somebody approves it.',
    }),
  /** Undoes the deployment at an instant, or so long after the request. */
  expiresAt: expiresAtSchema.optional(),
};

const deploymentOptionsSchema = z.strictObject(deploymentOptionsShape);

export type DeploymentOptions = z.infer<typeof deploymentOptionsSchema>;
