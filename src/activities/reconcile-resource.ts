import { z } from 'zod';
import { type AzureFailure, AzureOperationError } from '../azure/azure-failure.ts';
import { operationSchema } from '../azure/exchange.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { pollOperation } from '../azure/poll-operation.ts';
import type { Submitted } from '../azure/submit.ts';
import type { Progress } from '../deployment/progress.ts';
import type { Change } from '../deployment/step.ts';

/** How one kind of resource is looked at and moved. */
export interface Reconciliation<R, T> {
  /** The resource's id, known before it exists. */
  readonly id: string;
  /** How long a create usually takes, in seconds. */
  readonly usualSeconds: number;
  /** Reads the resource; a 404 is taken for its absence. */
  get(): Promise<R>;
  /** Undefined means Succeeded, as for every resource provider. */
  provisioningState(resource: R): string | undefined;
  /** Sends the PUT that creates it, or repairs it when it exists in a failed state. One that was soft-deleted may come back by it. */
  create(existing: R | undefined): Promise<Submitted<R> & { readonly recovered?: boolean }>;
  /**
   * The properties that differ from what the request names.
   * @throws AzureOperationError when one cannot be changed.
   */
  differences(resource: R): readonly string[];
  /** Changes these properties and keeps all others. */
  update(resource: R, differences: readonly string[]): Promise<Submitted<R>>;
  value(resource: R): T;
  /** True when the resource itself is not visible until its create is done; its operation's URL is then followed instead. */
  readonly invisibleUntilCreated?: boolean;
}

/** What this run already sent, handed back at the next look. */
const sentSchema = z.object({
  sent: z.enum(['created', 'recovered', 'updated', 'repaired']),
  changed: z.array(z.string()).optional(),
  operation: operationSchema.optional(),
});

type Sent = z.infer<typeof sentSchema>;

const RECOVERED: Sent = { sent: 'recovered', changed: ['recovered'] };

/** After an operation that failed this run has sent nothing that still counts. */
const NOTHING_SENT = 'null';

/**
 * One look at a resource and one idempotent move: absent → create; at work → running; failed → repair once; different → update; as
 * desired → done.
 */
export const reconcileResource = async <R, T>(
  resource: Reconciliation<R, T>,
  resume: string | undefined,
): Promise<Progress<T>> => {
  const sent = sentSchema.nullable().parse(JSON.parse(resume ?? NOTHING_SENT)) ?? undefined;
  const found = await findOrUndefined(resource.get());
  if (!found) return whenAbsent(resource, sent);
  const state = resource.provisioningState(found) ?? 'Succeeded';
  if (/^(failed|canceled)$/i.test(state)) return whenFailed(resource, found, state, sent);
  if (!/^succeeded$/i.test(state)) return running(resource);
  return whenReady(resource, found, sent);
};

const whenAbsent = async <R, T>(resource: Reconciliation<R, T>, sent: Sent | undefined): Promise<Progress<T>> => {
  if (resource.invisibleUntilCreated && sent?.operation) {
    const operation = await pollOperation(sent.operation);
    if (operation.state === 'running') return { ...running(resource), pollAfterSeconds: operation.retryAfterSeconds };
    if (operation.state === 'failed') throw new AzureOperationError(operation.error.failure, NOTHING_SENT);
  }
  const submitted = await resource.create(undefined);
  return afterWrite(resource, submitted, submitted.recovered ? RECOVERED : { sent: 'created' });
};

const whenFailed = async <R, T>(
  resource: Reconciliation<R, T>,
  found: R,
  state: string,
  sent: Sent | undefined,
): Promise<Progress<T>> => {
  if (sent) throw new AzureOperationError((await failureOf(sent)) ?? unexplained(resource.id, state), NOTHING_SENT);
  // Refuses what a repair could not change, before it makes the cluster's ten minutes pass in vain.
  resource.differences(found);
  return afterWrite(resource, await resource.create(found), { sent: 'repaired', changed: ['provisioningState'] });
};

const whenReady = async <R, T>(
  resource: Reconciliation<R, T>,
  found: R,
  sent: Sent | undefined,
): Promise<Progress<T>> => {
  const differences = resource.differences(found);
  // A service may write down a value differently from how it was sent: what this run created or changed is not fought over.
  const settled = differences.length === 0 || sent?.sent === 'created' || sent?.sent === 'updated';
  if (settled) return done(resource, found, sent);
  const submitted = await resource.update(found, differences);
  return afterWrite(resource, submitted, { sent: 'updated', changed: [...(sent?.changed ?? []), ...differences] });
};

const afterWrite = <R, T>(resource: Reconciliation<R, T>, submitted: Submitted<R>, sent: Sent): Progress<T> => {
  if (submitted.result !== undefined) return done(resource, submitted.result, sent);
  const { operation } = submitted;
  return { ...running(resource), resume: JSON.stringify({ ...sent, operation }) };
};

const running = <R, T>({ usualSeconds, id }: Reconciliation<R, T>) =>
  ({ kind: 'running', usualSeconds, resourceId: id }) as const;

const done = <R, T>(resource: Reconciliation<R, T>, found: R, sent: Sent | undefined): Progress<T> => ({
  kind: 'done',
  value: resource.value(found),
  change: changeOf(sent),
  ...(sent?.changed && { changed: sent.changed }),
  resourceId: resource.id,
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
  message: `${id} ended in the state ${state}, and Azure gave no reason. Look at its activity log in the Azure portal.`,
});
