import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { redactSecrets } from '../../../../src/deployment/names/text/redact-secrets.ts';

const jwt = ['{"alg":"RS256"}', '{"oid":"x"}', 'signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');
const accountKey = randomBytes(64).toString('base64');
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ format: 'pem', type: 'pkcs1' })
  .toString();

it.each([
  ['a token', `Authorization: Bearer ${jwt} was refused`, jwt],
  ['an account key', `AccountKey=${accountKey};EndpointSuffix=core.windows.net`, accountKey],
  ['a bare account key', `The key ${accountKey} is wrong`, accountKey],
  ['a private key', `cannot read ${pem}`, pem.split('\n')[1] ?? ''],
  ['a signature in a URL', 'GET https://x.logic.azure.com/a?sig=s3cr3t-value&sv=1', 's3cr3t-value'],
  ['a function key', 'https://app/api/deployments?code=abcDEF123', 'abcDEF123'],
  ['a password', '{"password": "hunter22"}', 'hunter22'],
])('hides %s', (_, message, secret) => {
  expect(redactSecrets(message)).not.toContain(secret);
});

it('leaves what Azure says alone', () => {
  const message =
    "The client '00000000-0000-4000-8000-000000000000' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '/subscriptions/x/resourceGroups/apache-airflow-rg'.";
  expect(redactSecrets(message)).toBe(message);
});

const A16 = 'a'.repeat(16);
const A64 = 'A'.repeat(64);

it.each([
  ['-----BEGIN PRIVATE KEY-----abc-----END PRIVATE KEY----- x', '[redacted] x'],
  ['-----BEGIN RSA PRIVATE KEY-----abc-----END RSA PRIVATE KEY----- x', '[redacted] x'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----\nabc', '[redacted]'],
  ['a eyJh-b_.eyJi.c-_ d', 'a [redacted] d'],
  ['a eyJh.eyJi. d', 'a [redacted] d'],
  [`Bearer ${A16}`, 'Bearer [redacted]'],
  [`BEARER  a.~+/=-_${A16} d`, 'BEARER [redacted] d'],
  ['accountkey=abc;x', 'accountkey=[redacted];x'],
  ['SharedAccessKey = abc x', 'SharedAccessKey = [redacted] x'],
  ['password: "hunter 2"', 'password: "[redacted] 2"'],
  ["client_secret='abc'", "client_secret='[redacted]'"],
  ['access_token=abc&x=1', 'access_token=[redacted]&x=1'],
  ['{"access_token" : "abc", "x": 1}', '{"access_token" : "[redacted]", "x": 1}'],
  ['/a?t=1&c=2&s=3&h=4&token=5&x=6', '/a?t=[redacted]&c=[redacted]&s=[redacted]&h=[redacted]&token=[redacted]&x=6'],
  ['"/a?sig=12" and \'/a?SIG=2\' x', '"/a?sig=[redacted]" and \'/a?SIG=[redacted]\' x'],
  [`a ${A64}== b`, 'a [redacted] b'],
  [`a ${A64}= b`, 'a [redacted] b'],
])('%j becomes %j', (text, redacted) => {
  expect(redactSecrets(text)).toBe(redacted);
});

it.each([
  `Bearer ${A16.slice(1)}`,
  `forbearer ${A16}`,
  'the password is wrong',
  'nopassword=abc',
  'beyJh.eyJi.c',
  'eyJh only one part',
  '-----BEGIN PUBLIC KEY-----abc',
  '/a?design=1&basic=2',
  `${A64.slice(1)}==`,
  A64,
])('%j stays as it is', (text) => {
  expect(redactSecrets(text)).toBe(text);
});
