import { HttpRequest } from '@azure/functions';
import { afterEach, describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/azure/settings/settings.ts';
import { apiRoot } from '../../../src/functions/http/api-root.ts';
import { deploymentUrls } from '../../../src/functions/http/deployment-urls.ts';

const before = process.env.PUBLIC_BASE_URL;

afterEach(() => {
  if (before === undefined) delete process.env.PUBLIC_BASE_URL;
  else process.env.PUBLIC_BASE_URL = before;
});

const requestOf = (path: string, headers: Record<string, string> = {}) =>
  new HttpRequest({ url: `https://app.azurewebsites.net${path}`, method: 'GET', headers });

describe('the address of the API in answers', () => {
  it('is where the request came to, when the service has no other', () => {
    expect(apiRoot(requestOf('/api/openapi.json'))).toBe('https://app.azurewebsites.net/api');
    expect(apiRoot(requestOf('/api/deployments'))).toBe('https://app.azurewebsites.net/api');
    expect(deploymentUrls(requestOf('/api/deployments/a/cancel'), 'a').result).toBe(
      'https://app.azurewebsites.net/api/deployments/a/result',
    );
  });

  it.each([
    ['https://apim.contoso.com', 'https://apim.contoso.com/api'],
    ['https://apim.contoso.com/airflow/', 'https://apim.contoso.com/airflow/api'],
    ['https://apim.contoso.com/airflow/api', 'https://apim.contoso.com/airflow/api'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/api'],
  ])('is below PUBLIC_BASE_URL %s', (base, root) => {
    process.env.PUBLIC_BASE_URL = base;
    expect(apiRoot(requestOf('/api/swagger.json'))).toBe(root);
    expect(deploymentUrls(requestOf('/api/deployments/a?wait=3'), 'a').status).toBe(`${root}/deployments/a`);
  });

  it('is not what a caller claims that a proxy said', () => {
    const claims = {
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
      'x-original-host': 'evil.example',
    };
    expect(apiRoot(requestOf('/api/deployments', claims))).toBe('https://app.azurewebsites.net/api');
  });

  it.each([
    'http://apim.contoso.com',
    'https://user:secret@apim.contoso.com',
    'https://apim.contoso.com/?code=1',
    'https://apim.contoso.com/#x',
    'apim.contoso.com',
    'ftp://apim.contoso.com',
  ])('refuses %s as a setting, and does not repeat it', (base) => {
    expect(() => readSettings({ PUBLIC_BASE_URL: base })).toThrow(
      /^The app setting PUBLIC_BASE_URL must be an address/,
    );
    process.env.PUBLIC_BASE_URL = base;
    expect(() => apiRoot(requestOf('/api/deployments'))).toThrow(/PUBLIC_BASE_URL/);
  });
});
