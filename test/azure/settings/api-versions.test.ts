import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { afterEach, expect, it, vi } from 'vitest';
import { apiVersionOf, apiVersionPolicy, withApiVersion } from '../../../src/azure/settings/api-versions.ts';
import { readSettings } from '../../../src/azure/settings/settings.ts';

const S = 'https://management.azure.com/subscriptions/11111111-2222-4333-8444-555555555555';
const REGISTRY = `${S}/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/r`;

afterEach(() => vi.unstubAllEnvs());

it.each([
  ['a resource', `${REGISTRY}?api-version=2025-11-01`, '2023-07-01'],
  [
    'what is asked of all',
    `${S}/providers/Microsoft.ContainerRegistry/checkNameAvailability?api-version=2025-11-01`,
    '2023-07-01',
  ],
  [
    'another provider below it',
    `${REGISTRY}/providers/Microsoft.Authorization/roleAssignments/a?$filter=x&api-version=2022-04-01`,
    '2020-10-01',
  ],
  ['a resource group', `${S}/resourcegroups/rg?api-version=2025-04-01`, '2021-04-01'],
  ['a provider itself', `${S}/providers/Microsoft.ContainerRegistry?api-version=2025-04-01`, '2021-04-01'],
  ['its registration', `${S}/providers/Microsoft.ContainerRegistry/register?api-version=2025-04-01`, '2021-04-01'],
  [
    'a provider that is not named',
    `${S}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v?api-version=2026-02-01`,
    '2026-02-01',
  ],
  ['a vault itself', 'https://v.vault.azure.net/secrets/s?api-version=7.5', '7.5'],
])('%s is asked for in the version that the setting has', (_, url, version) => {
  vi.stubEnv(
    'AZURE_API_VERSIONS',
    'Microsoft.ContainerRegistry=2023-07-01 microsoft.authorization=2020-10-01, Microsoft.Resources=2021-04-01',
  );
  const changed = new URL(withApiVersion(url));
  expect(changed.searchParams.get('api-version')).toBe(version);
  changed.searchParams.delete('api-version');
  const original = new URL(url);
  original.searchParams.delete('api-version');
  expect(changed.href).toBe(original.href);
});

it('without the setting nothing is changed', () => {
  expect(withApiVersion(`${REGISTRY}?api-version=2025-11-01`)).toBe(`${REGISTRY}?api-version=2025-11-01`);
});

it.each(['Microsoft.KeyVault', 'Microsoft.KeyVault=newest', '2025-05-01', 'KeyVault=2025-05-01'])(
  '%s is no setting',
  (text) => {
    expect(() => readSettings({ AZURE_API_VERSIONS: text })).toThrow(
      'AZURE_API_VERSIONS must list entries such as Microsoft.ContainerService=2025-05-01',
    );
  },
);

it('a setting that is wrong stops every request: none is made in a version that nobody chose', () => {
  vi.stubEnv('AZURE_API_VERSIONS', 'newest');
  expect(() => withApiVersion(`${REGISTRY}?api-version=2025-11-01`)).toThrow(
    'The app setting AZURE_API_VERSIONS must list entries such as Microsoft.ContainerService=2025-05-01.',
  );
});

it('a URL without an api-version gets none', () => {
  vi.stubEnv('AZURE_API_VERSIONS', 'Microsoft.ContainerRegistry=2023-07-01');
  expect(withApiVersion(`${REGISTRY}?page=2`)).toBe(`${REGISTRY}?page=2`);
});

it.each([
  ['Microsoft.ContainerRegistry/registries', '2023-07-01'],
  ['microsoft.containerregistry/registries/webhooks', '2023-07-01'],
  ['Microsoft.KeyVault/vaults', '2026-02-01'],
])('%s is asked for in the version %s', (type, version) => {
  vi.stubEnv('AZURE_API_VERSIONS', 'Microsoft.ContainerRegistry=2023-07-01');
  expect(apiVersionOf({ type, apiVersion: '2026-02-01' })).toBe(version);
});

it('every client asks in the version that the setting has', async () => {
  vi.stubEnv('AZURE_API_VERSIONS', 'Microsoft.ContainerRegistry=2023-07-01');
  const request = createPipelineRequest({ url: `${REGISTRY}?api-version=2025-11-01` });
  const response = { request, status: 200, headers: createHttpHeaders() };
  expect(await apiVersionPolicy.sendRequest(request, async () => response)).toBe(response);
  expect(request.url).toBe(`${REGISTRY}?api-version=2023-07-01`);
  expect(apiVersionPolicy.name).toBe('apiVersionPolicy');
});
