import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { listLocks, putLock } from '../azure/readings/management-locks.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { isExistingIn } from '../deployment/names/existing-resources.ts';
import { lockId, lockNameOf, scopeOfLock } from '../deployment/names/management-lock.ts';
import { isOwnedBy } from '../deployment/names/owner-tag.ts';
import { resourceGroupId } from '../deployment/names/resource-ids.ts';
import type { Difference, Inspection } from '../deployment/plan/inspection.ts';
import { lock } from '../steps/lock.ts';
import { findTagged } from './find-tagged.ts';
import { implement } from './implement.ts';

type Input = z.infer<typeof lock.input>;
type Value = z.infer<typeof lock.value>;

/** What is locked: the group where the deployment made it, else each of its own resources, so that others keep the use of theirs. */
const scopesOf = async ({ deployment }: Input): Promise<readonly string[]> => {
  const { subscriptionId, resourceGroupName, id, existing } = deployment;
  const group = await findOrUndefined(armClients(subscriptionId).resources.resourceGroups.get(resourceGroupName));
  const isOwn = !group || (isOwnedBy(id, group.tags) && !isExistingIn(existing, deployment));
  if (isOwn) return [resourceGroupId(subscriptionId, resourceGroupName)];
  return (await findTagged(deployment)).map(({ resourceId }) => resourceId);
};

interface ScopeState {
  readonly scope: string;
  /** Undefined where the deployment's lock is missing. */
  readonly level: string | undefined;
}

const statesOf = async (input: Input): Promise<readonly ScopeState[]> => {
  const { subscriptionId, resourceGroupName, id } = input.deployment;
  const [scopes, locks] = await Promise.all([
    scopesOf(input),
    listLocks(resourceGroupId(subscriptionId, resourceGroupName)),
  ]);
  const own = locks.filter(({ name }) => name === lockNameOf(id));
  const isOn = (scope: string) => (each: (typeof own)[number]) =>
    scopeOfLock(each).toLowerCase() === scope.toLowerCase();
  return scopes.map((scope) => ({ scope, level: own.find(isOn(scope))?.level }));
};

const idOf = ({ deployment }: Input, states: readonly ScopeState[]): string =>
  lockId(states[0]?.scope ?? lock.resourceId(deployment), lockNameOf(deployment.id));

/** Whether the deployment's own locks are there. */
const inspectLock = async (input: Input): Promise<Inspection<Value>> => {
  const states = await statesOf(input);
  const resourceId = idOf(input, states);
  const missing = states.filter(({ level }) => level === undefined);
  if (states.length === 0 || missing.length > 0) return { action: 'create', changes: [], resourceId };
  const changes = states.flatMap(({ level }): Difference[] =>
    level === input.level ? [] : [{ property: 'level', from: level ?? 'not set', to: input.level }],
  );
  return { action: changes.length > 0 ? 'update' : 'unchanged', changes, resourceId, value: {} };
};

/** Puts the deployment's own locks where they are missing or differ. Sent again it changes nothing. */
const ensureLock = async (input: Input): Promise<ReconcileResult<Value>> => {
  const states = await statesOf(input);
  const due = states.filter(({ level }) => level !== input.level);
  for (const { scope } of due) await putLock(scope, lockNameOf(input.deployment.id), input.level);
  const isNew = due.some(({ level }) => level === undefined);
  return {
    kind: 'done',
    value: {},
    change: isNew ? 'created' : due.length > 0 ? 'updated' : 'unchanged',
    ...(due.length > 0 && !isNew && { changed: ['level'] }),
    resourceId: idOf(input, states),
  };
};

export const lockImplementation = implement(lock, { inspect: inspectLock, apply: ensureLock });
