import { createHash } from 'node:crypto';
import { type Json, textAt } from '../../local/azure-simulator/base/json.ts';
import type { StoredResource } from './stored-side.ts';

/** A request as the simulator's journal has it. */
export interface WrittenRequest {
  readonly method: string;
  readonly url: string;
  readonly status: number | null;
  readonly body?: Json;
}

const SECRET = 'microsoft.keyvault/vaults/secrets';

/**
 * Adds to each secret what its value is, since Resource Manager never shows that: as the name of a storage account's key, else a digest. The
 * value is the one that was written last, through the vault's data plane or through Resource Manager.
 *
 * @param keys - names by value, e.g. `key1`.
 */
export const withValues = (
  resources: readonly StoredResource[],
  journal: readonly WrittenRequest[],
  keys: ReadonlyMap<string, string>,
): StoredResource[] => {
  const accounts = new Set(resources.filter(({ type }) => /\/storageAccounts$/i.test(type)).map(({ name }) => name));
  return resources.map((resource) => {
    if (resource.type.toLowerCase() !== SECRET) return resource;
    const value = writtenValue(resource, journal);
    if (value === undefined) throw new Error(`Nobody wrote the secret ${resource.id}.`);
    const digest = `sha256:${createHash('sha256').update(value).digest('hex')}`;
    return { ...resource, value: accounts.has(value) ? value : (keys.get(value) ?? digest) };
  });
};

const writtenValue = ({ id, name }: StoredResource, journal: readonly WrittenRequest[]): string | undefined => {
  const vault = /\/vaults\/([^/]+)\//i.exec(id)?.[1]?.toLowerCase();
  const entry = journal.findLast(({ method, url, status }) => {
    const { hostname, pathname } = new URL(url);
    const isThere = pathname.toLowerCase() === id.toLowerCase();
    const isInVault = hostname.startsWith(`${vault}.`) && pathname.toLowerCase() === `/secrets/${name.toLowerCase()}`;
    return method === 'PUT' && status !== null && status < 300 && (isThere || isInVault);
  });
  return textAt(entry?.body, 'value') ?? textAt(entry?.body, 'properties', 'value');
};
