import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCallbackSettings } from '../../src/callbacks/callback-settings.ts';
import { openUrl, sealUrl } from '../../src/callbacks/seal-url.ts';

const keysOf = (...keys: readonly Buffer[]) =>
  readCallbackSettings({ CALLBACK_ENCRYPTION_KEY: keys.map((key) => key.toString('base64')).join(' ') }).encryptionKeys;

const oldKey = randomBytes(32);
const newKey = randomBytes(32);
const [first, second] = keysOf(newKey, oldKey);
if (!first || !second) throw new Error('There are two keys.');
const run = { deploymentId: 'apache-airflow-rg', run: '0f966a50' };
const url = 'https://prod-12.westeurope.logic.azure.com/workflows/0123?sig=s3cr3t';

it('a sealed URL opens for its run, and shows nothing of itself', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), (text) => {
      const sealed = sealUrl(text, run, first);
      expect(openUrl(sealed, run, [first])).toBe(text);
      expect(Buffer.from(sealed.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain(text);
    }),
    { numRuns: 25 },
  );
});

it('twice the same URL is sealed differently', () => {
  expect(sealUrl(url, run, first)).not.toBe(sealUrl(url, run, first));
});

it('what an older key sealed opens as long as that key is listed', () => {
  const sealed = sealUrl(url, run, second);
  expect(openUrl(sealed, run, keysOf(newKey, oldKey))).toBe(url);
  expect(() => openUrl(sealed, run, keysOf(newKey))).toThrow('no longer in CALLBACK_ENCRYPTION_KEY');
});

describe('it does not open', () => {
  const sealed = sealUrl(url, run, first);

  it.each([
    ['another deployment', { ...run, deploymentId: 'other' }],
    ['another run', { ...run, run: 'deadbeef' }],
    ['one whose names only run together alike', { deploymentId: 'apache-airflow-rg:0f966a50', run: '' }],
  ])('for %s', (_, other) => {
    expect(() => openUrl(sealed, other, [first])).toThrow('changed, or belongs to another run');
  });

  it('when any part of it was changed', () => {
    for (const index of [...sealed].keys()) {
      const changed = `${sealed.slice(0, index)}${sealed[index] === 'A' ? 'B' : 'A'}${sealed.slice(index + 1)}`;
      // The last character of base64url may hold bits that count for nothing.
      if (
        Buffer.from(changed.split('.')[3] ?? '', 'base64url').equals(
          Buffer.from(sealed.split('.')[3] ?? '', 'base64url'),
        ) &&
        changed.split('.').slice(0, 3).join() === sealed.split('.').slice(0, 3).join()
      )
        continue;
      expect(() => openUrl(changed, run, [first])).toThrow();
    }
  });

  it('when its tag was cut', () => {
    expect(() => openUrl(sealed.slice(0, -8), run, [first])).toThrow();
    expect(() => openUrl(sealed.split('.').slice(0, 3).join('.'), run, [first])).toThrow();
  });
});

describe('settings', () => {
  it.each([
    ['CALLBACK_ENCRYPTION_KEY', 'short'],
    ['CALLBACK_ENCRYPTION_KEY', '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/k)'],
    ['CALLBACK_SIGNING_SECRET', Buffer.alloc(32).toString('base64')],
    ['CALLBACK_SIGNING_SECRET', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['CALLBACK_SIGNING_SECRET', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['CALLBACK_ALLOWED_HOSTS', 'https://hooks.example.com'],
    ['CALLBACK_ALLOWED_HOSTS', 'any*host'],
    ['CALLBACK_ALLOWED_HOSTS', 'a.*.example.com'],
  ])('a wrong %s is named, and %j is not repeated', (setting, value) => {
    const read = () => readCallbackSettings({ [setting]: value });
    expect(read).toThrow(setting);
    expect(read).not.toThrow(value);
  });

  it('without any of them the service knows nobody to call but the defaults, and has no key', () => {
    const { encryptionKeys, signingSecrets, allowedHosts } = readCallbackSettings({});
    expect([encryptionKeys, signingSecrets]).toEqual([[], []]);
    expect(allowedHosts).toContain('*.service-now.com');
  });
});
