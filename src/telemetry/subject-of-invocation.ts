import type { InvocationContext } from '@azure/functions';
import { HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { identityOfInstance } from '../deployment/names/instance-ids.ts';
import type { Subject } from './subject.ts';

/** What the driver passes to every activity of a step; see `deployment/driver/activity-result.ts`. */
const stepCallSchema = z.object({
  step: z.string().optional(),
  run: z.string().optional(),
  retries: z.record(z.string(), z.number()),
});

/** What the other activities get. */
const aboutRunSchema = z.object({ deploymentId: z.string(), run: z.string().optional() });

/**
 * What an invocation is about, read from what triggered it: the URL, or the orchestration that called the activity (its id is binding data of the
 * trigger: EXT `ActivityTriggerAttributeBindingProvider.cs`) and what the driver says of the step.
 */
export const subjectOfInvocation = (
  { options, triggerMetadata }: Pick<InvocationContext, 'options' | 'triggerMetadata'>,
  inputs: readonly unknown[],
): Subject => {
  const [input] = inputs;
  switch (options.trigger.type) {
    case 'httpTrigger':
      return input instanceof HttpRequest ? { deployment: input.params.id } : {};
    case 'activityTrigger': {
      const instanceId = triggerMetadata?.instanceId;
      const identity = typeof instanceId === 'string' ? identityOfInstance(instanceId) : undefined;
      return { deployment: identity?.id, run: identity?.run, ...ofActivity(input) };
    }
    default:
      return {};
  }
};

const ofActivity = (input: unknown): Subject => {
  const call = stepCallSchema.safeParse(input).data;
  if (call) {
    const { step, run, retries } = call;
    const attempt = 1 + Object.values(retries).reduce((sum, count) => sum + count, 0);
    return { step, attempt, ...(run !== undefined && { run }) };
  }
  const about = aboutRunSchema.safeParse(input).data;
  return about ? { deployment: about.deploymentId, ...(about.run !== undefined && { run: about.run }) } : {};
};
