import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { callbackKeys, callbackKeysFile } from '../../local/cli/services/callback-keys.ts';
import { readCallbackSettings } from '../../src/callbacks/callback-settings.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keys-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

it('a data folder keeps its keys, which nobody else may read, and another has others', () => {
  const keys = callbackKeys(join(directory, 'a'), {});
  expect(callbackKeys(join(directory, 'a'), {})).toEqual(keys);
  expect(callbackKeys(join(directory, 'b'), {})).not.toEqual(keys);
  expect(statSync(callbackKeysFile(join(directory, 'a'))).mode & 0o077).toBe(0);
  expect(readCallbackSettings(keys)).toMatchObject({ encryptionKeys: { length: 1 }, signingSecrets: { length: 1 } });
});

it('what the environment sets wins', () => {
  expect(Object.keys(callbackKeys(directory, { CALLBACK_SIGNING_SECRET: 'whsec_x' }))).toEqual([
    'CALLBACK_ENCRYPTION_KEY',
  ]);
});
