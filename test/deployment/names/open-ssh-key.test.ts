import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isOpenSshRsaPublicKey, openSshRsaPublicKey } from '../../../src/deployment/names/open-ssh-key.ts';

/** The numbers in an OpenSSH line, read independently of the code under test. */
const decode = (line: string): Buffer[] => {
  let rest = Buffer.from(line.split(' ')[1] ?? '', 'base64');
  const parts: Buffer[] = [];
  while (rest.length > 0) {
    const length = rest.readUInt32BE();
    parts.push(rest.subarray(4, 4 + length));
    rest = rest.subarray(4 + length);
  }
  return parts;
};

it('writes the key that was generated', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const line = openSshRsaPublicKey({ n, e }, 'nodes');
  const [algorithm, exponent, modulus] = decode(line);
  expect(algorithm?.toString()).toBe('ssh-rsa');
  const jwk = {
    kty: 'RSA',
    n: modulus?.subarray(1).toString('base64url') ?? '',
    e: exponent?.toString('base64url') ?? '',
  };
  expect(createPublicKey({ key: jwk, format: 'jwk' }).equals(publicKey)).toBe(true);
  expect(isOpenSshRsaPublicKey(line)).toBe(true);
});

const hasSshKeygen = (() => {
  try {
    execFileSync('sh', ['-c', 'command -v ssh-keygen'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

it.runIf(hasSshKeygen)('is understood by ssh-keygen', () => {
  const { n = '', e = '' } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  const directory = mkdtempSync(join(tmpdir(), 'ssh-'));
  try {
    writeFileSync(join(directory, 'key.pub'), `${openSshRsaPublicKey({ n, e }, 'nodes')}\n`);
    const shown = execFileSync('ssh-keygen', ['-l', '-f', join(directory, 'key.pub')], { encoding: 'utf8' });
    expect(shown).toMatch(/^2048 SHA256:.* nodes \(RSA\)/);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

it.each(['', 'ssh-rsa', 'ssh-rsa AAAA', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPk x', 'ssh-rsa not base64!'])(
  'refuses %j',
  (text) => {
    expect(isOpenSshRsaPublicKey(text)).toBe(false);
  },
);
