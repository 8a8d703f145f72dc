import { z } from 'zod';
import { operationSchema } from '../../azure/exchange.ts';
import { type AzureFailure, AzureOperationError } from '../../azure/failures/azure-failure.ts';
import { lostAnswer } from '../../azure/failures/lost-answer.ts';
import { pollOperation } from '../../azure/poll-operation.ts';
import type { Submitted } from '../../azure/submit.ts';
import type { ReconcileResult } from '../../deployment/driver/reconcile-result.ts';
import type { Change } from '../../deployment/driver/step.ts';
import type { Consent } from '../../deployment/names/consent.ts';
import type { Difference } from '../../deployment/plan/inspection.ts';
import { requireEqual } from './differences.ts';
import type { ManagedResource, Tagged } from './managed-resource.ts';
import { noteOf } from './note-of.ts';
import { observeResource, RECOVERY, repairOf } from './observe-resource.ts';
import { requireConsent, requireConsents } from './require-consent.ts';

/** What this run already sent, handed back at the next call. */
const sentSchema = z.object({
  sent: z.enum(['created', 'recovered', 'updated', 'repaired']),
  changed: z.array(z.string()).optional(),
  operation: operationSchema.optional(),
  /** The connection broke before the answer: what the resource shows decides whether it is sent again. */
  unsure: z.boolean().optional(),
});

type Sent = z.infer<typeof sentSchema>;

const RECOVERED: Sent = { sent: 'recovered', changed: [RECOVERY.property] };

/** After an operation that failed this run has sent nothing that still counts. */
const NOTHING_SENT = 'null';

/**
 * Reads a resource once and applies at most one idempotent change: absent → create; at work → running; failed → repair once; different → update; as
 * desired → done. What it would change of somebody else takes consent.
 *
 * @param consent - undefined where nobody's is needed.
 */
export const reconcileResource = async <R extends Tagged, T>(
  resource: ManagedResource<R, T>,
  checkpoint: string | undefined,
  consent?: Consent,
): Promise<ReconcileResult<T>> => {
  const sent = sentSchema.nullable().parse(JSON.parse(checkpoint ?? NOTHING_SENT)) ?? undefined;
  const observation = await observeResource(resource);
  switch (observation.state) {
    case 'absent':
      return whenAbsent(resource, sent, consent);
    case 'working':
      return running(resource);
    case 'failed':
      return whenFailed(resource, observation.found, observation.provisioningState, sent, consent);
    case 'ready':
      return whenReady(resource, observation.found, observation.differences, sent, consent);
  }
};

const whenAbsent = async <R extends Tagged, T>(
  resource: ManagedResource<R, T>,
  sent: Sent | undefined,
  consent: Consent | undefined,
): Promise<ReconcileResult<T>> => {
  if (resource.invisibleUntilCreated && sent?.operation) {
    const operation = await pollOperation(sent.operation);
    if (operation.state === 'running') return { ...running(resource), pollAfterSeconds: operation.retryAfterSeconds };
    if (operation.state === 'failed') throw new AzureOperationError(operation.error.failure, NOTHING_SENT);
  }
  await requireConsents(consent);
  const submitted = await sending({ sent: 'created' }, () => resource.create(undefined));
  return afterWrite(resource, submitted, submitted.recovered ? RECOVERED : { sent: 'created' });
};

const whenFailed = async <R extends Tagged, T>(
  resource: ManagedResource<R, T>,
  found: R,
  state: string,
  sent: Sent | undefined,
  consent: Consent | undefined,
): Promise<ReconcileResult<T>> => {
  if (sent && !sent.unsure) {
    throw new AzureOperationError((await failureOf(sent)) ?? unexplained(resource.id, state), NOTHING_SENT);
  }
  requireConsentToChange(resource, found, consent);
  // Refuses what a repair could not change, before it makes the cluster's ten minutes pass in vain.
  requireEqual(resource.id, resource.immutables(found));
  const repaired: Sent = { sent: 'repaired', changed: [repairOf(state).property] };
  return afterWrite(resource, await sending(repaired, () => resource.create(found)), repaired);
};

const whenReady = async <R extends Tagged, T>(
  resource: ManagedResource<R, T>,
  found: R,
  differences: readonly Difference[],
  sent: Sent | undefined,
  consent: Consent | undefined,
): Promise<ReconcileResult<T>> => {
  requireEqual(resource.id, resource.immutables(found));
  // A service may write down a value differently from how it was sent: what this run created or changed is not fought over.
  const wasSent = !sent?.unsure && (sent?.sent === 'created' || sent?.sent === 'updated');
  const settled = differences.length === 0 || wasSent;
  if (settled) return done(resource, found, sent);
  requireConsentToChange(resource, found, consent);
  const updated: Sent = {
    sent: 'updated',
    changed: [...new Set([...(sent?.changed ?? []), ...differences.map(({ property }) => property)])],
  };
  return afterWrite(resource, await sending(updated, () => resource.update(found, differences)), updated);
};

/** Sends a write. One whose answer was lost may have taken effect: the next call reads first, and then reports it as a change of this run. */
const sending = async <T>(sent: Sent, write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    const lost = lostAnswer(error);
    throw lost ? new AzureOperationError(lost, JSON.stringify({ ...sent, unsure: true })) : error;
  }
};

/** By the tags of the very reading that it was compared by. What somebody else keeps is not changed in any case, and says so itself. */
const requireConsentToChange = <R extends Tagged, T>(
  { id, keptByOthers }: ManagedResource<R, T>,
  found: R,
  consent: Consent | undefined,
): void => {
  if (!keptByOthers) requireConsent(consent, id, found.tags);
};

const afterWrite = <R extends Tagged, T>(
  resource: ManagedResource<R, T>,
  submitted: Submitted<R>,
  sent: Sent,
): ReconcileResult<T> => {
  if (submitted.result !== undefined) return done(resource, submitted.result, sent);
  const { operation } = submitted;
  return { ...running(resource), checkpoint: JSON.stringify({ ...sent, operation }) };
};

const running = <R extends Tagged, T>({ usualSeconds, id }: ManagedResource<R, T>) =>
  ({ kind: 'running', usualSeconds, resourceId: id }) as const;

const done = <R extends Tagged, T>(
  resource: ManagedResource<R, T>,
  found: R,
  sent: Sent | undefined,
): ReconcileResult<T> => ({
  kind: 'done',
  value: resource.value(found),
  change: changeOf(sent),
  ...(sent?.changed && { changed: sent.changed }),
  resourceId: resource.id,
  ...noteOf(resource, found, sent?.changed ?? []),
});

const changeOf = (sent: Sent | undefined): Change => {
  if (!sent) return 'unchanged';
  return sent.sent === 'created' ? 'created' : 'updated';
};

/** The resource shows only that it failed; why stands in the operation that this run started, as long as Azure keeps it. */
const failureOf = async ({ operation: sent }: Sent): Promise<AzureFailure | undefined> => {
  if (!sent) return undefined;
  const operation = await pollOperation(sent);
  return operation.state === 'failed' ? operation.error.failure : undefined;
};

const unexplained = (id: string, state: string): AzureFailure => ({
  code: `Provisioning${state}`,
  message: `${id} ended in the state ${state}, and Azure gave no reason. Check its activity log in the Azure portal.`,
});
