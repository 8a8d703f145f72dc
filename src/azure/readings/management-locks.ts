import { z } from 'zod';
import { lockId, type ManagementLock } from '../../deployment/names/management-lock.ts';
import { AzureOperationError } from '../failures/azure-failure.ts';
import { withinList } from '../list-pages.ts';
import { askResourceManager } from '../resource-manager-request.ts';
import { currentCloud } from '../settings/cloud.ts';

export const LOCKS_API_VERSION = '2020-05-01';

/** Source: azure-rest-api-specs, Microsoft.Authorization 2020-05-01, ManagementLockObject. */
const lockSchema = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({ level: z.string() }),
});

const listSchema = z.object({ value: z.array(lockSchema), nextLink: z.string().nullish() });

/**
 * The management locks at, above and below a scope; none where the scope does not exist.
 *
 * @param scope - the id of a resource group or resource.
 * @param inForce - only those at and above it.
 */
export const listLocks = (scope: string, inForce = false): Promise<ManagementLock[]> =>
  withinList(() => readLocks(scope, inForce));

const readLocks = async (scope: string, inForce: boolean): Promise<ManagementLock[]> => {
  const locks: ManagementLock[] = [];
  let path: string | undefined =
    `${scope}/providers/Microsoft.Authorization/locks?${inForce ? '$filter=atScope()&' : ''}api-version=${LOCKS_API_VERSION}`;
  while (path !== undefined) {
    const page: z.infer<typeof listSchema> | undefined = await askUnlessGone(path);
    locks.push(...(page?.value ?? []).map(({ id, name, properties: { level } }) => ({ id, name, level })));
    path = page?.nextLink ? pathOf(page.nextLink) : undefined;
  }
  return locks;
};

const askUnlessGone = async (path: string): Promise<z.infer<typeof listSchema> | undefined> => {
  try {
    return await askResourceManager('GET', path, listSchema);
  } catch (error) {
    if (error instanceof AzureOperationError && error.failure.status === 404) return undefined;
    throw error;
  }
};

/** @throws Error when the address is another host's: the token is for Resource Manager alone. */
const pathOf = (nextLink: string): string => {
  const { origin, pathname, search } = new URL(nextLink);
  if (origin !== new URL(currentCloud().resourceManager).origin) throw new Error('A list of locks goes on elsewhere.');
  return `${pathname}${search}`;
};

/** Puts a lock on a scope; one of the same name is changed. */
export const putLock = async (scope: string, name: string, level: string): Promise<void> => {
  const notes = 'Set by Airflow on AKS, as the deployment asks. DELETE of the deployment removes it.';
  const path = `${lockId(scope, name)}?api-version=${LOCKS_API_VERSION}`;
  await askResourceManager('PUT', path, z.unknown(), { properties: { level, notes } });
};
