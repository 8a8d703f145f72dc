import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { redactSecrets } from '../../../src/deployment/names/redact-secrets.ts';

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
