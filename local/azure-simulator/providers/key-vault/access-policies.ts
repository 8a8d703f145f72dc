import { z } from 'zod';
import { objectsAt } from '../../base/json.ts';
import type { Resource } from '../../state/resource.ts';
import { type AccessPolicy, accessPolicySchema } from './vault-schema.ts';

const KINDS = ['keys', 'secrets', 'certificates', 'storage'] as const;

export const policiesOf = (vault: Resource): AccessPolicy[] =>
  z.array(accessPolicySchema).parse(objectsAt(vault.properties, 'accessPolicies'));

const sameHolder = (one: AccessPolicy, other: AccessPolicy): boolean =>
  one.tenantId.toLowerCase() === other.tenantId.toLowerCase() &&
  one.objectId.toLowerCase() === other.objectId.toLowerCase() &&
  one.applicationId?.toLowerCase() === other.applicationId?.toLowerCase();

/** The policies with those of `added` merged in: permissions of the same holder are united. */
export const withPolicies = (policies: AccessPolicy[], added: AccessPolicy[]): AccessPolicy[] => {
  const result = [...policies];
  for (const policy of added) {
    const index = result.findIndex((other) => sameHolder(other, policy));
    const before = result[index];
    if (before) result[index] = { ...before, permissions: united(before.permissions, policy.permissions) };
    else result.push(policy);
  }
  return result;
};

const united = (one: AccessPolicy['permissions'], other: AccessPolicy['permissions']): AccessPolicy['permissions'] => {
  const permissions: AccessPolicy['permissions'] = {};
  for (const kind of KINDS) {
    const both = new Set([...(one[kind] ?? []), ...(other[kind] ?? [])].map((name) => name.toLowerCase()));
    if (both.size > 0) permissions[kind] = [...both];
  }
  return permissions;
};

/** The policies without the permissions of `removed`; a holder with none left goes. */
export const withoutPolicies = (policies: AccessPolicy[], removed: AccessPolicy[]): AccessPolicy[] =>
  policies.flatMap((policy) => {
    const taken = removed.find((other) => sameHolder(other, policy));
    if (!taken) return [policy];
    const permissions: AccessPolicy['permissions'] = {};
    for (const kind of KINDS) {
      const lost = taken.permissions[kind]?.map((one) => one.toLowerCase()) ?? [];
      const left = (policy.permissions[kind] ?? []).filter((one) => !lost.includes(one.toLowerCase()));
      if (left.length > 0) permissions[kind] = left;
    }
    return Object.keys(permissions).length > 0 ? [{ ...policy, permissions }] : [];
  });

/** Whether a principal may do something with secrets by the vault's access policies; `all` covers everything but purge. */
export const maySecrets = (vault: Resource, objectId: string, permission: string): boolean =>
  policiesOf(vault).some((policy) => {
    if (policy.objectId.toLowerCase() !== objectId.toLowerCase()) return false;
    const granted = policy.permissions.secrets?.map((one) => one.toLowerCase()) ?? [];
    return granted.includes(permission) || (granted.includes('all') && permission !== 'purge');
  });
