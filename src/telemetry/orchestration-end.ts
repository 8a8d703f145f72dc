import { z } from 'zod';
import {
  branchInstancePrefix,
  deploymentInstancePrefix,
  identityOfInstance,
  undoInstancePrefix,
} from '../deployment/names/instance-ids.ts';
import type { DeploymentError } from '../deployment/run/deployment-run.ts';
import { type StoredStep, storedStatusSchema, storedStepsSchema } from '../deployment/run/stored/stored-status.ts';

/** What ended, and how. */
export interface OrchestrationEnd {
  readonly kind: 'deployment' | 'branch' | 'undo';
  readonly deployment: string;
  readonly run: string | undefined;
  readonly status: 'Succeeded' | 'Failed' | 'Cancelled' | 'Deleted';
  /** The steps that this orchestration drove itself; those of branches are reported by the branches. */
  readonly steps: readonly StoredStep[];
  readonly error: DeploymentError | undefined;
}

const payloadSchema = z.object({ instanceId: z.string() });

const stateSchema = z.object({
  isDone: z.boolean(),
  output: z.unknown().optional(),
  error: z.string().optional(),
  customStatus: z.unknown().optional(),
});

const branchSchema = z.looseObject({ steps: storedStepsSchema });

/** Behind it the error of an orchestrator that threw carries its state (durable-functions OrchestrationFailureError.js). */
const STATE_MARKER = '\n\n$OutOfProcData$:';

const kinds = [
  [deploymentInstancePrefix, 'deployment'],
  [undoInstancePrefix, 'undo'],
  [branchInstancePrefix, 'branch'],
] as const;

/**
 * What the last episode of an orchestration says: the only one that is not run again, unless what it decided could not be stored.
 *
 * @param payload - what the orchestrator was called with.
 * @param result - what the SDK made of it.
 * @param thrown - or what it threw.
 * @returns undefined while it goes on, and for orchestrations that drive no steps.
 */
export const endOfOrchestration = (
  payload: unknown,
  result: unknown,
  thrown: unknown,
): OrchestrationEnd | undefined => {
  const state = stateSchema.safeParse(thrown instanceof Error ? stateBehind(thrown.message) : result).data;
  if (!state?.isDone && state?.error === undefined) return undefined;
  const instanceId = payloadSchema.safeParse(payload).data?.instanceId ?? '';
  const kind = kinds.find(([prefix]) => instanceId.startsWith(prefix))?.[1];
  const identity = identityOfInstance(instanceId);
  if (!kind || !identity) return undefined;
  const shown = storedStatusSchema.safeParse(state.customStatus).data;
  return {
    kind,
    deployment: identity.id,
    run: identity.run ?? shown?.run,
    status: statusOf(kind, state.error, shown?.cancelled),
    steps: branchSchema.safeParse(kind === 'branch' ? state.output : shown).data?.steps ?? [],
    error: shown?.error,
  };
};

const statusOf = (
  kind: OrchestrationEnd['kind'],
  error: string | undefined,
  cancelled: boolean | undefined,
): OrchestrationEnd['status'] => {
  if (error !== undefined) return 'Failed';
  if (cancelled) return 'Cancelled';
  return kind === 'undo' ? 'Deleted' : 'Succeeded';
};

const stateBehind = (message: string): unknown => {
  const marker = message.indexOf(STATE_MARKER);
  if (marker < 0) return undefined;
  try {
    return JSON.parse(message.slice(marker + STATE_MARKER.length));
  } catch {
    return undefined;
  }
};
