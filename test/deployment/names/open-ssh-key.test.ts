import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  fingerprintOf,
  isOpenSshRsaPublicKey,
  openSshRsaPublicKey,
} from '../../../src/deployment/names/open-ssh-key.ts';

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
  expect(line.split(' ').slice(2)).toEqual(['nodes']);
  expect(isOpenSshRsaPublicKey(line)).toBe(true);
});

it.each([
  ['a zero before a number whose first bit is set', [0x80], [0, 0x80]],
  ['no zero before another', [0x7f], [0x7f]],
])('writes %s, as RFC 4251 asks', (_, number, written) => {
  const jwk = { n: Buffer.from(number).toString('base64url'), e: 'AQAB' };
  expect(decode(openSshRsaPublicKey(jwk, 'x')).slice(1)).toEqual([Buffer.from([1, 0, 1]), Buffer.from(written)]);
});

/** GitHub's host key, published beside its fingerprint: https://docs.github.com/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints */
const GITHUB_KEY =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQCj7ndNxQowgcQnjshcLrqPEiiphnt+VTTvDP6mHBL9j1aNUkY4Ue1gvwnGLVlOhGeYrnZaMgRK6+PKCUXaDbC7qtbW8gIkhL7aGCsOr/C56SJMy/BCZfxd1nWzAOxSDPgVsmerOBYfNqltV9/hWCqBywINIR+5dIg6JTJ72pcEpEjcYgXkE2YEFXV1JHnsKgbLWNlhScqb2UmyRkQyytRLtL+38TGxkxCflmO+5Z8CSSNY7GidjMIZ7Q4zMjA2n1nGrlTDkzwDCsw+wqFPGQA179cnfGWOWRVruj16z6XyvxvjJwbz0wQZ75XK5tKSb7FNyeIEs4TT4jk+S4dhPeAUC5y+bDYirYgM4GC7uEnztnZyaVWQ7B381AK4Qdrwt51ZqExKbQpTUNn+EjqoTwvqNj4kqx5QUCI0ThS/YkOxJCXmPUWZbhjpCg56i+2aB6CmK2JGhn57K5mj0MNdBXA4/WnwH6XoPWJzK5Nyu2zB3nAZp+S5hpQs+p1vN1/wsjk=';

it('shows the fingerprint that everybody shows', () => {
  expect(fingerprintOf(GITHUB_KEY)).toBe('SHA256:uNiVztksCsDhcc0u9e8BujQXVUpKZIDTMczCvj3tD2s');
  expect(fingerprintOf('no key')).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
});

/** A blob of so many bytes that begins as a key does. */
const keyOf = (bytes: number, algorithm = 'ssh-rsa'): string => {
  const head = Buffer.from([0, 0, 0, algorithm.length, ...Buffer.from(algorithm)]);
  return `ssh-rsa ${Buffer.concat([head, Buffer.alloc(bytes - head.length, 1)]).toString('base64')}`;
};

describe('a public key of RSA', () => {
  it.each([
    ['that GitHub has', GITHUB_KEY],
    ['without a comment', keyOf(256)],
    ['with a comment of several words', `${keyOf(256)} me at home`],
    ['with the longest comment', `${keyOf(256)} ${'c'.repeat(256)}`],
    ['whose base64 is padded', keyOf(257)],
  ])('%s is taken', (_, line) => {
    expect(isOpenSshRsaPublicKey(line)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['only the algorithm', 'ssh-rsa'],
    ['a key that is too short', 'ssh-rsa AAAA'],
    ['a key a byte too short', keyOf(255)],
    ['another algorithm', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPk x'],
    ['another algorithm before the same blob', keyOf(256).replace('ssh-rsa', 'ssh-dss')],
    ['another algorithm inside', keyOf(256, 'ssh-dss')],
    ['what is no base64', 'ssh-rsa not base64!'],
    ['what is no base64 at its begin', keyOf(256).replace('ssh-rsa ', 'ssh-rsa !')],
    ['what is no base64 at its end', `${keyOf(256)}!`],
    ['two lines', `${keyOf(256)} me\n${keyOf(256)}`],
    ['a carriage return', `${keyOf(256)} me\r`],
    ['a comment that is too long', `${keyOf(256)} ${'c'.repeat(257)}`],
    ['a comment that is too long with its blanks', `${keyOf(256)} ${'c'.repeat(128)} ${'c'.repeat(128)}`],
  ])('%s is refused', (_, line) => {
    expect(isOpenSshRsaPublicKey(line)).toBe(false);
  });
});
