import { describe, expect, it } from 'vitest';
import { countWrites, noRepeats } from '../../bench/crash-test/count-writes.ts';
import type { SentRequest } from '../../bench/crash-test/evidence.ts';

const PROVIDERS = 'https://management.azure.com/subscriptions/s/resourceGroups/g/providers';
const VAULT = `${PROVIDERS}/Microsoft.KeyVault/vaults/v`;

const put = (url: string, at: number, more: Partial<SentRequest> = {}): SentRequest => ({
  method: 'PUT',
  url,
  status: 201,
  body: { location: 'canadacentral' },
  at,
  durationMs: 100,
  ...more,
});

const duplicatesOf = (...requests: SentRequest[]): number => countWrites(requests).duplicates.length;

describe('countWrites', () => {
  it.each([
    VAULT,
    `${PROVIDERS}/Microsoft.ContainerRegistry/registries/r`,
    `${PROVIDERS}/Microsoft.ContainerService/managedClusters/c`,
    `${PROVIDERS}/Microsoft.ContainerRegistry/registries/r/providers/Microsoft.Authorization/roleAssignments/a`,
  ])('counts a create of %s that is sent again after it was accepted', (url) => {
    expect(duplicatesOf(put(url, 0))).toBe(0);
    expect(duplicatesOf(put(url, 0), put(url.toUpperCase().replace('HTTPS://', 'https://'), 500))).toBe(1);
  });

  it('does not count what Azure refused or dropped, and reads by POST', () => {
    expect(duplicatesOf(put(VAULT, 0, { status: 409 }), put(VAULT, 500, { status: null }), put(VAULT, 900))).toBe(0);
    const listKeys = put(`${PROVIDERS}/Microsoft.Storage/storageAccounts/a/listKeys`, 0, {
      method: 'POST',
      status: 200,
    });
    expect(countWrites([listKeys, listKeys])).toEqual({
      duplicates: [],
      repeats: noRepeats(),
      sentAtOnce: [],
      writes: new Set(),
    });
  });

  it('counts harmless repeats apart, when they are the same', () => {
    const account = `${PROVIDERS}/Microsoft.Storage/storageAccounts/a`;
    const secret = `${VAULT}/secrets/s`;
    const importing = { method: 'POST', body: { targetTags: ['a:1'] } };
    const imports = `${PROVIDERS}/Microsoft.ContainerRegistry/registries/r/importImage`;
    const { duplicates, repeats } = countWrites([
      put(account, 0),
      put(account, 500),
      put(secret, 0),
      put(secret, 500),
      put(imports, 0, importing),
      put(imports, 500, importing),
      put(imports, 900, { method: 'POST', body: { targetTags: ['b:1'] } }),
    ]);
    expect(duplicates).toEqual([]);
    expect(repeats).toEqual({ 'storage PUTs': 1, imports: 1, 'secret writes': 1 });
    expect(duplicatesOf(put(secret, 0), put(secret, 500, { body: { properties: { value: 'another' } } }))).toBe(1);
  });

  it('distinguishes a write that was under way twice from one that Azure had accepted', () => {
    const identity = `${PROVIDERS}/Microsoft.ManagedIdentity/userAssignedIdentities/i`;
    const { duplicates, sentAtOnce } = countWrites([put(identity, 0), put(identity, 50)]);
    expect({ duplicates, sentAtOnce }).toEqual({ duplicates: [], sentAtOnce: ['userassignedidentities'] });
    expect(duplicatesOf(put(identity, 0), put(identity, 100))).toBe(1);
    expect(duplicatesOf(put(identity, 0), put(identity, 50, { body: { location: 'westeurope' } }))).toBe(1);
  });
});
