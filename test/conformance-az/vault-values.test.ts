import { expect, it } from 'vitest';
import { withValues } from '../../bench/conformance-az/vault-values.ts';

const GROUP = '/subscriptions/s/resourceGroups/g/providers';
const secret = {
  id: `${GROUP}/Microsoft.KeyVault/vaults/v/secrets/KEY`,
  name: 'KEY',
  type: 'Microsoft.KeyVault/vaults/secrets',
};
const account = {
  id: `${GROUP}/Microsoft.Storage/storageAccounts/logs`,
  name: 'logs',
  type: 'Microsoft.Storage/storageAccounts',
};
const throughVault = (value: string, status = 200) => ({
  method: 'PUT',
  url: 'https://v.vault.azure.net/secrets/KEY?api-version=7.5',
  status,
  body: { value },
});
const throughArm = (value: string) => ({
  method: 'PUT',
  url: `https://management.azure.com${secret.id}?api-version=2026-02-01`,
  status: 201,
  body: { properties: { value } },
});

const valueAfter = (...journal: Parameters<typeof withValues>[1]) =>
  withValues([secret, account], journal, new Map([['s3cret', 'key1']])).find(({ name }) => name === 'KEY')?.value;

it("a secret's value is shown by the name of the key that it is, whichever way it was written", () => {
  expect(valueAfter(throughVault('s3cret'))).toBe('key1');
  expect(valueAfter(throughArm('s3cret'))).toBe('key1');
});

it("or as the storage account's name, or by a digest, and never in the clear", () => {
  expect(valueAfter(throughArm('logs'))).toBe('logs');
  expect(valueAfter(throughArm('other'))).toMatch(/^sha256:[0-9a-f]{64}$/);
});

it('is the one that was written last and accepted, into this vault', () => {
  const elsewhere = { ...throughVault('other'), url: 'https://w.vault.azure.net/secrets/KEY' };
  expect(valueAfter(throughArm('logs'), throughVault('s3cret'), throughVault('other', 401), elsewhere)).toBe('key1');
});

it('that nobody wrote is an error', () => {
  expect(() => valueAfter()).toThrow(/Nobody wrote .*KEY/);
});
