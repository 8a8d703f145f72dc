import { expect, it } from 'vitest';
import { readSettings } from '../../../src/azure/settings/settings.ts';

const read = (name: string, value: string | undefined): unknown =>
  new Map(Object.entries(readSettings({ [name]: value }))).get(name);

const GUID = '11111111-2222-4333-8444-AAAAAAAAAAAA';

it('without any setting the presets hold', () => {
  expect(readSettings({})).toEqual({
    AZURE_API_VERSIONS: {},
    IMAGE_IMPORT_CONCURRENCY: 6,
    CHECK_SOURCE_IMAGES: true,
    MAX_RUNNING_DEPLOYMENTS: 25,
    DEFAULT_TAGS: {},
    REQUIRED_TAGS: [],
    RETENTION_DAYS: 30,
  });
});

it('an empty setting is none', () => {
  const names = [
    ...Object.keys(readSettings({})),
    'AZURE_SUBSCRIPTION_ID',
    'AZURE_CLOUD',
    'ALLOWED_LOCATIONS',
    'MAX_NODE_COUNT',
    'PUBLIC_BASE_URL',
    'DEPLOYMENT_LOCK',
  ];
  expect(readSettings(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readSettings({}));
});

it.each([
  ['AZURE_SUBSCRIPTION_ID', GUID, GUID.toLowerCase()],
  ['AZURE_CLOUD', ' AzureChinaCloud ', 'AzureChinaCloud'],
  ['AZURE_CLIENT_ID', ' a ', 'a'],
  ['AZURE_API_VERSIONS', 'Microsoft.KeyVault=2020-01-01-preview', { 'microsoft.keyvault': '2020-01-01-preview' }],
  [
    'AZURE_API_VERSIONS',
    ' microsoft.A=2020-01-01 ,\n Microsoft.B=2021-12-31,',
    { 'microsoft.a': '2020-01-01', 'microsoft.b': '2021-12-31' },
  ],
  ['IMAGE_IMPORT_CONCURRENCY', '1', 1],
  ['IMAGE_IMPORT_CONCURRENCY', '50', 50],
  ['MAX_RUNNING_DEPLOYMENTS', '1000', 1000],
  ['MAX_RUNNING_DEPLOYMENTS_PER_CALLER', '1000', 1000],
  ['MAX_NODE_COUNT', '1000', 1000],
  ['RETENTION_DAYS', '3650', 3650],
  ['CHECK_SOURCE_IMAGES', 'true', true],
  ['CHECK_SOURCE_IMAGES', 'false', false],
  ['ALLOWED_LOCATIONS', 'abc, canadacentral', ['abc', 'canadacentral']],
  ['ALLOWED_VM_SIZES', 'Standard_D*,Standard_DS4_v2,Standard_', ['Standard_D*', 'Standard_DS4_v2', 'Standard_']],
  ['ALLOWED_IMAGE_REGISTRIES', 'docker.io, registry.k8s.io', ['docker.io', 'registry.k8s.io']],
  ['PUBLIC_BASE_URL', ' https://apim.contoso.com/airflow// ', 'https://apim.contoso.com/airflow'],
  ['PUBLIC_BASE_URL', 'http://localhost:7071', 'http://localhost:7071'],
  ['PUBLIC_BASE_URL', 'http://[::1]:7071', 'http://[::1]:7071'],
  ['PUBLIC_BASE_URL', 'http://127.100.20.3', 'http://127.100.20.3'],
  ['DEFAULT_TAGS', 'cost-center = 123 , env=a=b,empty=', { 'cost-center': '123', env: 'a=b', empty: '' }],
  ['DEFAULT_TAGS', ' {"owner": "a, b"}', { owner: 'a, b' }],
  ['REQUIRED_TAGS', 'cost-center, env,', ['cost-center', 'env']],
  ['DEPLOYMENT_LOCK', 'CanNotDelete', 'CanNotDelete'],
])('%s may be "%s"', (name, text, value) => {
  expect(read(name, text)).toEqual(value);
});

it.each([
  ['AZURE_SUBSCRIPTION_ID', 'mine', 'must be a GUID'],
  ['IMAGE_IMPORT_CONCURRENCY', '0', 'must be at least 1'],
  ['IMAGE_IMPORT_CONCURRENCY', '51', 'must be at most 50'],
  ['IMAGE_IMPORT_CONCURRENCY', 'six', 'must be a number'],
  ['IMAGE_IMPORT_CONCURRENCY', '1.5', 'must be a whole number'],
  ['MAX_RUNNING_DEPLOYMENTS', '1001', 'must be at most 1000'],
  ['MAX_RUNNING_DEPLOYMENTS_PER_CALLER', '1001', 'must be at most 1000'],
  ['MAX_NODE_COUNT', '0', 'must be at least 1'],
  ['RETENTION_DAYS', '3651', 'must be at most 3650'],
  ['CHECK_SOURCE_IMAGES', 'yes', 'must be true or false'],
  ['DEPLOYMENT_LOCK', 'ReadOnly', 'must be CanNotDelete'],
  ...['ab', 'a'.repeat(51), 'Canada Central', 'canada-central'].map((text) => [
    'ALLOWED_LOCATIONS',
    text,
    'must be locations such as canadacentral, separated by commas',
  ]),
  ...['D4', 'xStandard_D4', 'Standard_D*4', `Standard_${'a'.repeat(61)}`, 'Standard_D4 x', 'standard_d4'].map(
    (text) => [
      'ALLOWED_VM_SIZES',
      text,
      'must be VM sizes such as Standard_DS4_v2 or Standard_D*, separated by commas',
    ],
  ),
  ...['docker', 'Docker.io', 'docker.io/', 'https://docker.io', '.io', 'docker.', 'docker..io'].map((text) => [
    'ALLOWED_IMAGE_REGISTRIES',
    text,
    'must be hosts of registries such as docker.io, in lower case, separated by commas',
  ]),
  ...[
    'Microsoft.KeyVault',
    'xMicrosoft.KeyVault=2020-01-01',
    'Microsoft.KeyVault=2020-01-01x',
    'Microsoft.KeyVault=2020-01-01-beta',
    'Microsoft.Key1=2020-01-01',
    'Microsoft.=2020-01-01',
    'MicrosoftxKeyVault=2020-01-01',
    'Microsoft.KeyVault=20-01-01',
    'Microsoft.KeyVault=2020-1-01',
    'Microsoft.KeyVault=2020-01-1',
    'Microsoft.KeyVault=2020-01-01 x',
  ].map((text) => ['AZURE_API_VERSIONS', text, 'must list entries such as Microsoft.ContainerService=2025-05-01']),
  ...[
    'contoso',
    'http://contoso.com',
    'ftp://localhost',
    'https://user@contoso.com',
    'https://:secret@contoso.com',
    'https://contoso.com?a=1',
    'https://contoso.com?',
    'https://contoso.com#a',
    'https://contoso.com#',
    'http://127.0.0.1.contoso.com',
    'http://x127.0.0.1',
    'http://localhost.contoso.com',
  ].map((text) => [
    'PUBLIC_BASE_URL',
    text,
    'must be an address such as https://apim.contoso.com/airflow: https (http on loopback only), without user, query or fragment',
  ]),
  ...['env', 'a=1,env', '=1', '=a=1', 'a=1\n2', 'a=1,a=2', '{"a":', 'a=1,{}'].map((text) => [
    'DEFAULT_TAGS',
    text,
    'must be name=value pairs with commas between them, or a JSON object of texts',
  ]),
  ['DEFAULT_TAGS', 'a<b=1', 'breaks a rule of tags at a<b: the name must not contain < > % & \\ ? or /'],
  ['DEFAULT_TAGS', `a=${'x'.repeat(257)}`, 'breaks a rule of tags at a: must have at most 256 characters'],
  [
    'DEFAULT_TAGS',
    'Env=1,env=2',
    'breaks a rule of tags: must not name a tag twice: for Azure, Env and env are the same name',
  ],
  ['REQUIRED_TAGS', 'a,b<', 'must not contain < > % & \\ ? or /'],
])('%s may not be "%s": it %s', (name, text, rule) => {
  const at = { REQUIRED_TAGS: '.1', ALLOWED_LOCATIONS: '.0', ALLOWED_VM_SIZES: '.0', ALLOWED_IMAGE_REGISTRIES: '.0' };
  const path = `${name}${new Map(Object.entries(at)).get(name) ?? ''}`;
  expect(() => readSettings({ [name]: text })).toThrow(`The app setting ${path} ${rule}.`);
});

it('a setting that is wrong is named, with all that is known of the mistake for the log', () => {
  const read = () => readSettings({ MAX_NODE_COUNT: 'many' });
  expect(read).toThrow('The app setting MAX_NODE_COUNT must be a number.');
  expect(read).toThrow(expect.objectContaining({ cause: expect.objectContaining({ name: 'ZodError' }) }));
});

it('settings of others are not read', () => {
  expect(readSettings({ PATH: '/bin', AZURE_TENANT_ID: 'mine' })).toEqual(readSettings({}));
});
