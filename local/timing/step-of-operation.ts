/** An operation of the simulator, as far as it says whose work it is. */
export interface OperationOnResource {
  readonly resourceId: string;
  readonly operation: string;
}

/** The resource types that a step of the deployment works on, most specific first; ids are compared in lower case. */
const STEP_PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\/storageaccounts\/[^/]+\/providers\/microsoft\.authorization\/roleassignments\/[^/]+$/, 'logs-access'],
  [/\/vaults\/[^/]+\/providers\/microsoft\.authorization\/roleassignments\/[^/]+$/, 'vault-access'],
  [/\/providers\/microsoft\.authorization\/roleassignments\/[^/]+$/, 'acr-pull'],
  [/\/providers\/microsoft\.authorization\/locks\/[^/]+$/, 'lock'],
  [/\/vaults\/[^/]+\/accesspolicies\/[^/]+$/, 'vault-access'],
  [/\/vaults\/[^/]+\/secrets\/aks-airflow-logs-[^/]+$/, 'secrets'],
  [/\/vaults\/[^/]+\/secrets\/[^/]+$/, 'ssh-key'],
  [/\/vaults\/[^/]+$/, 'key-vault'],
  [/\/federatedidentitycredentials\/[^/]+$/, 'federated-credential'],
  [/\/userassignedidentities\/[^/]+$/, 'identity'],
  [/\/containers\/[^/]+$/, 'container'],
  [/\/storageaccounts\/[^/]+$/, 'storage'],
  [/\/managedclusters\/[^/]+$/, 'cluster'],
  [/\/registries\/[^/]+$/, 'registry'],
  [/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+$/, 'resource-group'],
];

/** The step whose work an operation is; undefined for work that belongs to none. */
export const stepOfOperation = ({ resourceId }: OperationOnResource): string | undefined => {
  const image = /\/importedImages\/([^/]+)$/i.exec(resourceId)?.[1];
  if (image !== undefined) return `image:${decodeURIComponent(image)}`;
  const id = resourceId.toLowerCase();
  return STEP_PATTERNS.find(([pattern]) => pattern.test(id))?.[1];
};
