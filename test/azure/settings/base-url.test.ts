import { expect, it } from 'vitest';
import { baseUrlSchema } from '../../../src/azure/settings/base-url.ts';

it.each([
  ['https://apim.contoso.com/airflow', 'https://apim.contoso.com/airflow'],
  [' https://apim.contoso.com/airflow// ', 'https://apim.contoso.com/airflow'],
  ['https://apim.contoso.com:8443', 'https://apim.contoso.com:8443'],
  ['http://localhost:7071', 'http://localhost:7071'],
  ['http://[::1]:7071', 'http://[::1]:7071'],
  ['http://127.100.200.255', 'http://127.100.200.255'],
])('callers may reach the service at "%s"', (text, address) => {
  expect(baseUrlSchema.parse(text)).toBe(address);
});

it.each([
  'contoso',
  'http://contoso.com',
  'http://localhost.contoso.com',
  'http://127.0.0.1.contoso.com',
  'http://10.0.0.1',
  'ftp://localhost',
  'https://user@contoso.com',
  'https://:secret@contoso.com',
  'https://contoso.com?a=1',
  'https://contoso.com?',
  'https://contoso.com#a',
])('callers may not reach the service at "%s"', (text) => {
  expect(baseUrlSchema.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([
    'must be an address such as https://apim.contoso.com/airflow: https (http on loopback only), without user, query or fragment',
  ]);
});
