import { describe, expect, it } from 'vitest';
import { readCallbackSettings } from '../../src/callbacks/callback-settings.ts';
import { refusalOfUrl } from '../../src/callbacks/check-callback-url.ts';

const refusal = (url: string, hosts?: string, localTrial = false): string | undefined => {
  const { allowedHosts } = readCallbackSettings(hosts === undefined ? {} : { CALLBACK_ALLOWED_HOSTS: hosts });
  return refusalOfUrl(new URL(url), { allowedHosts, localTrial });
};

it.each([
  'https://prod-12.westeurope.logic.azure.com:443/workflows/0123/runs/0858/actions/HTTP_Webhook/run?api-version=2016-10-01&sp=%2Fruns&sv=1.0&sig=abc',
  'https://dev12345.service-now.com/api/x_airflow/callback',
  'https://agency.servicenowservices.com/api/x_airflow/callback',
  'https://DEV12345.Service-Now.COM/api',
])('%s may be called as it comes', (url) => {
  expect(refusal(url)).toBeUndefined();
});

it.each([
  ['AzureCloud', 'https://prod-12.westeurope.logic.azure.com:443/workflows/0123?sig=abc'],
  ['AzureChinaCloud', 'https://prod-05.chinaeast2.logic.azure.cn/workflows/0123?sig=abc'],
  ['AzureUSGovernment', 'https://prod-58.usgovtexas.logic.azure.us:443/workflows/0123?sig=abc'],
])('a service in %s calls the Logic Apps of its own cloud by default', (cloud, url) => {
  for (const other of ['AzureCloud', 'AzureChinaCloud', 'AzureUSGovernment']) {
    const { allowedHosts } = readCallbackSettings({ AZURE_CLOUD: other });
    expect(refusalOfUrl(new URL(url), { allowedHosts, localTrial: false }) === undefined).toBe(other === cloud);
  }
  const { allowedHosts } = readCallbackSettings({ AZURE_CLOUD: cloud, CALLBACK_ALLOWED_HOSTS: 'hooks.example.com' });
  expect(allowedHosts).toEqual(['hooks.example.com']);
});

describe('what only looks like it may not', () => {
  it.each([
    'http://dev12345.service-now.com/api',
    'https://service-now.com/api',
    'https://evilservice-now.com/api',
    'https://dev.service-now.com.evil.example/api',
    'https://dev.service-now.com./api',
    'https://dev.service-now.com:8443/api',
    'https://evil.example/?.service-now.com',
    'https://evil.example/#.service-now.com',
    'https://dev.service-now.com@evil.example/',
    'https://user@dev.service-now.com/',
    'https://user:password@dev.service-now.com/',
    'https://app.azurewebsites.net/api',
    'https://169.254.169.254/metadata/instance',
    'https://[::1]/',
    'https://0x7f.1/',
    'https://localhost/',
    'http://127.0.0.1:9000/',
    'ws://dev.service-now.com/',
    'file:///etc/passwd',
  ])('%s', (url) => {
    const text = refusal(url);
    expect(text).toMatch(/./);
    expect(text).not.toContain(new URL(url).hostname || 'passwd');
  });
});

it.each([
  ['https://hooks.example.com/x', 'hooks.example.com', true],
  ['https://hooks.example.com/x', 'HOOKS.example.com', true],
  ['https://a.hooks.example.com/x', 'hooks.example.com', false],
  ['https://hooks.example.com:8443/x', 'hooks.example.com', false],
  ['https://hooks.example.com:8443/x', 'hooks.example.com:8443', true],
  ['https://hooks.example.com/x', 'hooks.example.com:8443', false],
  ['https://hooks.example.com:443/x', 'hooks.example.com:443', true],
  ['https://a.b.example.com/x', 'x.example, *.example.com', true],
  ['https://dev1.service-now.com/x', 'hooks.example.com', false],
])('%s with the list %j: %j', (url, hosts, allowed) => {
  expect(refusal(url, hosts) === undefined).toBe(allowed);
});

describe('http to this machine', () => {
  it.each([
    ['http://127.0.0.1:9000/x', '127.0.0.1:9000', true],
    ['http://localhost:9000/x', 'localhost:9000', true],
    ['http://[::1]:9000/x', '[::1]:9000', true],
    ['http://127.0.0.1:9001/x', '127.0.0.1:9000', false],
    ['http://127.0.0.1:9000/x', '127.0.0.1', false],
    ['http://localhost:9000/x', '127.0.0.1:9000', false],
    ['http://127.0.0.2:9000/x', '127.0.0.2:9000', false],
    ['http://hooks.example.com:9000/x', 'hooks.example.com:9000', false],
    ['http://a.localhost:9000/x', '*.localhost:9000', false],
  ])('%s with the list %j in a local trial: %j', (url, hosts, allowed) => {
    expect(refusal(url, hosts, true) === undefined).toBe(allowed);
    expect(refusal(url, hosts, false)).toBe('must be an https URL');
  });
});
