import type { OwnedResource } from '../deployment/contracts/owned-resource.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import type { Consenting } from '../deployment/names/consent.ts';
import type { Inspection } from '../deployment/plan/inspection.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import type { Step } from '../steps/step.ts';
import type { Activity } from '../task-hub/activity.ts';
import { withConsent } from './reconcile/with-consent.ts';
import { stepActivity } from './step-activity.ts';
import { boundedInspection } from './within-bounds.ts';

/** What a step does in Azure. */
export interface StepImplementation<I, V> {
  /** What a run would do, for plans and drift checks. Changes nothing. */
  inspect(input: I): Promise<Inspection<V>>;
  /**
   * Inspects, and makes one idempotent change; never waits.
   *
   * @param checkpoint - what the last call of this run reported as its checkpoint.
   */
  apply(input: I, checkpoint: string | undefined): Promise<ReconcileResult<V>>;
  /** Whether it asks for the consent that it needs by itself, as the engine does for resources that carry tags. Every other step is applied only with consent. */
  readonly asksForConsent?: true;
  /** What it created that carries no tag, such as roles on resources of others, for the undo. */
  findOwned?(deployment: Deployment): Promise<readonly OwnedResource[]>;
}

/** An implementation tied to its step, for lists of different steps. */
export interface Implementation<N extends string = string> {
  readonly name: N;
  readonly activity: Activity;
  /** @throws ZodError for an input that is not the step's. */
  inspect(input: unknown): Promise<Inspection>;
  readonly findOwned: StepImplementation<unknown, unknown>['findOwned'];
}

export const implement = <N extends string, I extends Consenting & { readonly subscriptionId: string }, V, R>(
  step: Step<N, I, V, R>,
  { inspect, apply, asksForConsent, findOwned }: StepImplementation<I, V>,
): Implementation<N> => ({
  name: step.name,
  activity: stepActivity(step, asksForConsent ? apply : withConsent({ inspect, apply })),
  inspect: async (input) => boundedInspection(await inspect(step.input.parse(input))),
  findOwned,
});
