import { z } from 'zod';
import { callbackEvents } from '../request/deployment-options.ts';
import type { CallbackRun, Delivery } from './callback-run.ts';

const deliveryViewSchema = z.object({
  event: z.enum(callbackEvents),
  step: z.string().optional(),
  state: z.enum(['Pending', 'Delivered', 'Failed']),
  attempts: z.number(),
  lastAttemptAt: z.string().optional(),
  nextAttemptAt: z.string().optional(),
  /** The HTTP status of the receiver's last answer. */
  status: z.number().optional(),
  error: z.string().optional(),
});

/** How the callback goes, as answers show it. The URL is nowhere in it. */
export const callbackViewSchema = z.object({
  state: z.enum(['Pending', 'Delivered', 'Failed']),
  deliveries: z.array(deliveryViewSchema),
});

/** The same as it is kept in a custom status; read back by stored-callback.ts. */
export interface CallbackView {
  readonly state: string;
  readonly deliveries: readonly DeliveryView[];
}

/** One message; event and state are those above, unless another release knows more. */
export interface DeliveryView extends Omit<z.infer<typeof deliveryViewSchema>, 'event' | 'state'> {
  readonly event: string;
  readonly state: string;
}

/** What a custom status may hold: see fit-custom-status.ts. */
const MAX_CHARACTERS = 8_000;

/** The state is Failed when one message failed, Delivered when nothing more will be sent and all arrived. */
export const callbackView = (run: CallbackRun): CallbackView => {
  const pending = !run.over || run.deliveries.some(({ state }) => state === 'Pending');
  const failed = run.deliveries.some(({ state }) => state === 'Failed');
  const state = failed ? 'Failed' : pending ? 'Pending' : 'Delivered';
  const whole: CallbackView = { state, deliveries: run.deliveries.map(toView) };
  return fits(whole) ? whole : { state, deliveries: whole.deliveries.map(bare).slice(-MAX_DELIVERIES) };
};

const toView = ({ event, step, state, attempts, lastAttemptAt, status, error, dueAt }: Delivery) => ({
  event,
  ...(step !== undefined && { step }),
  state,
  attempts,
  ...(lastAttemptAt !== undefined && { lastAttemptAt }),
  ...(dueAt !== undefined && attempts > 0 && { nextAttemptAt: new Date(dueAt).toISOString() }),
  ...(status !== undefined && { status }),
  ...(error !== undefined && { error }),
});

const bare = ({ event, step, state, attempts, status }: DeliveryView) => ({
  event,
  ...(step !== undefined && { step: step.slice(0, MAX_STEP_LENGTH) }),
  state,
  attempts,
  ...(status !== undefined && { status }),
});

/** With 44 steps: 30 images and 14 others. */
const MAX_STEP_LENGTH = 80;

/** Those of a run; what was found of drift over the years is shown as far as it has room. */
const MAX_DELIVERIES = 46;

const fits = (view: CallbackView): boolean => JSON.stringify(view).length <= MAX_CHARACTERS;
