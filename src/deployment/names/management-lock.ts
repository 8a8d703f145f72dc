/** What the service may lock with: ReadOnly would keep it from reading keys and kubeconfigs, and AKS from its own work. */
export const lockLevels = ['CanNotDelete'] as const;

/** A management lock that exists. */
export interface ManagementLock {
  readonly id: string;
  readonly name: string;
  /** NotSpecified, CanNotDelete or ReadOnly. */
  readonly level: string;
}

/** The name of a deployment's own lock: by it an undo knows which it may remove. */
export const lockNameOf = (deploymentId: string): string => `airflow-on-aks-${deploymentId}`;

const SUFFIX = '/providers/Microsoft.Authorization/locks/';

export const lockId = (scope: string, name: string): string => `${scope}${SUFFIX}${name}`;

/** What is locked: the part of a lock's id before its own. */
export const scopeOfLock = ({ id }: ManagementLock): string => {
  const at = id.toLowerCase().lastIndexOf(SUFFIX.toLowerCase());
  return at < 0 ? id : id.slice(0, at);
};

/** Whether something is a scope, or lies in it. Azure compares ids without regard to case. */
export const isWithin = (id: string, scope: string): boolean =>
  `${id}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase());

/** Whether a lock keeps something from being deleted: one on it, above it, or on what it holds. */
export const keepsFromDeletion = (lock: ManagementLock, id: string): boolean => {
  const scope = scopeOfLock(lock);
  return /^(CanNotDelete|ReadOnly)$/i.test(lock.level) && (isWithin(id, scope) || isWithin(scope, id));
};

/** How a lock is named to people. */
export const describeLock = (lock: ManagementLock): string => `${lock.name} (${lock.level}) on ${scopeOfLock(lock)}`;
