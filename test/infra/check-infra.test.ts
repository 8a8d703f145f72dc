import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { type BicepNode, loadBicepParser, type ParseBicep } from '../../local/bicep/bicep-parser.ts';
import { checkInfra } from '../../local/bicep/check-infra.ts';
import type { InfraProject } from '../../local/bicep/project.ts';
import { readProject } from '../../local/bicep/read-project.ts';
import { settingsIn } from '../../local/bicep/settings.ts';
import { projectRoot } from '../../local/project.ts';
import { readCallbackSettings } from '../../src/callbacks/callback-settings.ts';

let parse: ParseBicep;
let project: Omit<InfraProject, 'bicep'>;

let known: ReadonlySet<string>;

beforeAll(async () => {
  const parseAnew = await loadBicepParser();
  const parsed = new Map<string, BicepNode>();
  parse = (text) => {
    const tree = parsed.get(text) ?? parseAnew(text);
    parsed.set(text, tree);
    return tree;
  };
  project = await readProject(projectRoot);
  known = new Set(found(project.texts));
});

const found = (texts: InfraProject['texts'], settings = project.settings): readonly string[] =>
  checkInfra(parse, { ...project, texts, settings }).map(({ file, message }) => `${file}: ${message}`);

/** One file with one place changed. */
const changed = (path: string, from: string, to: string): InfraProject['texts'] => {
  const text = project.texts.get(path) ?? '';
  expect(text).toContain(from);
  return new Map([...project.texts, [path, text.replace(from, () => to)]]);
};

it('the files of this repository have no problem', () => {
  expect([...known]).toEqual([]);
});

const MAIN = 'infra/main.bicep';
const APP = 'infra/modules/app.bicep';
const VAULT = 'infra/modules/vault.bicep';
const STORAGE = 'infra/modules/storage.bicep';
const SCHEDULER = 'infra/modules/scheduler.bicep';
const WORKBOOK = 'infra/modules/workbook.bicep';
const ALERTS = 'infra/modules/alerts.bicep';
const PARAMETERS = 'infra/main.parameters.json';
const LOGIC_APP = 'integrations/logic-apps/main.bicep';

it.each([
  ['a brace that is missing', LOGIC_APP, "type: 'SystemAssigned'\n  }", "type: 'SystemAssigned'\n", 'Syntax error'],
  ['a quote that is missing', MAIN, "name: 'identity'", "name: 'identity", 'Syntax error'],
  ['a definition that is not there', LOGIC_APP, "'deploy-and-wait.json'", "'deploy.json'", 'deploy.json is not there'],
  [
    'a module that is not there',
    MAIN,
    "'modules/app.bicep'",
    "'modules/function.bicep'",
    'modules/function.bicep is not there',
  ],
  ['a query that is not there', ALERTS, 'queries/failed.kql', 'queries/fail.kql', 'queries/fail.kql is not there'],
  ['another version of a module', STORAGE, ':0.33.0', ':0.33.1', 'storage-account:0.33.1 is not known'],
  ['a module that floats', STORAGE, ':0.33.0', ':0.33', 'is not pinned'],
  [
    'a name that nothing declares',
    MAIN,
    'retentionDays: logRetentionDays',
    'retentionDays: logDays',
    'logDays is not declared',
  ],
  ['a function that does not exist', MAIN, 'toLower(uniqueString(', 'lower(uniqueString(', 'lower is not declared'],
  [
    'a parameter that nothing uses',
    APP,
    'param name string',
    'param name string\nparam extra string',
    'extra is declared but not used',
  ],
  [
    'a parameter that our module lacks',
    MAIN,
    'retentionDays: logRetentionDays',
    'days: logRetentionDays',
    'monitoring does not take days',
  ],
  ['a parameter that our module needs', MAIN, '    token: token\n', '', 'needs token'],
  [
    'a parameter of another type',
    MAIN,
    'retentionDays: logRetentionDays',
    "retentionDays: '30'",
    'retentionDays must be an int, not a string',
  ],
  [
    'a variable of another type',
    MAIN,
    'taskHubName: taskHubName',
    'taskHubName: settings',
    'taskHubName must be a string',
  ],
  [
    'a value that our module does not allow',
    MAIN,
    'sku: schedulerSku',
    "sku: 'Free'",
    'sku must be one of Consumption, Dedicated',
  ],
  ['an output of ours that does not exist', MAIN, 'app.outputs.hostName', 'app.outputs.host', 'app has no output host'],
  [
    "an output of the registry's that does not exist",
    MAIN,
    'identity.outputs.clientId',
    'identity.outputs.appId',
    'identity has no output appId',
  ],
  [
    "an output behind a condition that doesn't exist",
    MAIN,
    'scheduler!.outputs.endpoint',
    'scheduler!.outputs.url',
    'scheduler has no output url',
  ],
  [
    'a parameter that a registry module lacks',
    APP,
    'httpsOnly: true',
    'onlyHttps: true',
    'site does not take onlyHttps',
  ],
  ['a parameter that a registry module needs', APP, "kind: 'functionapp,linux'\n", '\n', 'site needs kind'],
  [
    'a value that a registry module does not allow',
    APP,
    "kind: 'functionapp,linux'",
    "kind: 'linux,functionapp'",
    'kind must be one of',
  ],
  [
    'a property deep inside that does not exist',
    APP,
    'unauthenticatedClientAction:',
    'unauthenticatedAction:',
    'globalValidation.unauthenticatedAction is not known',
  ],
  [
    'a value deep inside that is not allowed',
    APP,
    "'Return401'",
    "'Return402'",
    'unauthenticatedClientAction must be one of',
  ],
  [
    'a property deep inside of another type',
    STORAGE,
    'containers: [',
    'containers: 1\n      corsRules: [',
    'containers must be an array, not an int',
  ],
  ['a property deep inside that is missing', STORAGE, 'name: packageContainer', '', 'containers[0].name is missing'],
  [
    'a role whose name is not known',
    VAULT,
    "'Key Vault Secrets User'",
    "'Key Vault Reader of Secrets'",
    'a role whose name the module does not know',
  ],
  [
    'a null that may not be',
    APP,
    'name: name\n    location: location\n    // azd',
    'name: null\n    location: location\n    // azd',
    'name may not be null',
  ],
  [
    'a module without its resource group',
    MAIN,
    "name: 'storage'\n  scope: group",
    "name: 'storage'",
    'storage is for a resourceGroup',
  ],
  [
    'a parameter that azd does not set',
    MAIN,
    'param taskHubName',
    'param hub string = schedulerSku == taskHubName ? hub : token\nparam taskHubName',
    'does not set hub',
  ],
  ['a parameter that azd sets in vain', PARAMETERS, '"schedulerSku"', '"sku"', 'has no parameter sku'],
  ['a parameter that is fixed for all', PARAMETERS, 'AUTH_MODE}"', 'AUTH_MODE}-x"', 'authMode must be a variable'],
  [
    'a variable that nobody has heard of',
    PARAMETERS,
    'AUTH_MODE}',
    'AUTH_MODUS}',
    'docs/deploying.md does not name AUTH_MODUS',
  ],
  ['a setting that nobody reads', MAIN, 'RETENTION_DAYS:', 'RETENTION:', 'Nothing reads the setting RETENTION'],
  ['a setting that nobody can set', MAIN, '  DRIFT_SCHEDULE: driftSchedule\n', '', 'The app reads DRIFT_SCHEDULE'],
  [
    'a secret that is put out',
    VAULT,
    'string = vaultName',
    'string = encryptionKeySeed',
    'would show encryptionKeySeed',
  ],
  [
    'a property that the resource of a module does not have',
    APP,
    'maximumInstanceCount: maximumInstanceCount',
    'maxInstances: 1',
    'scaleAndConcurrency.maxInstances is not known',
  ],
  [
    'a property of another type in the resource of a module',
    APP,
    'instanceCount: alwaysReadyHttp',
    "instanceCount: 'one'",
    'alwaysReady[1].instanceCount must be an int, not a string',
  ],
  [
    'a choice that the resource of a module does not have',
    APP,
    "type: 'UserAssignedIdentity'",
    "type: 'ManagedIdentity'",
    'authentication.type must be one of',
  ],
  ['an operator that alerts do not have', ALERTS, "'GreaterThan'", "'More'", 'allOf[0].operator must be one of'],
  [
    'a property that a resource does not have',
    SCHEDULER,
    'ipAllowlist: empty',
    'ipAllowList: empty',
    'scheduler.properties.ipAllowList is not known',
  ],
  [
    'a property that a resource needs',
    SCHEDULER,
    '    principalId: principalId\n',
    '',
    'access.properties.principalId is missing',
  ],
  [
    'a choice that a resource does not have',
    WORKBOOK,
    "kind: 'shared'",
    "kind: 'common'",
    'workbook.kind must be one of',
  ],
  [
    'a version of a resource that is not known',
    VAULT,
    "secrets@2024-11-01' = {\n  parent",
    "secrets@2024-11-02' = {\n  parent",
    'Microsoft.KeyVault/vaults/secrets@2024-11-02 is not known',
  ],
  ['another package', 'azure.yaml', 'dist: out/package', 'dist: dist', 'dist must be out/package'],
  ['a build in Azure', 'azure.yaml', 'remoteBuild: false', 'remoteBuild: true', 'remoteBuild must be false'],
  ['a package for another backend', 'azure.yaml', 'DURABLE_BACKEND:-', 'BACKEND:-', 'with DURABLE_BACKEND'],
  [
    'a service that azd does not find',
    APP,
    "'azd-service-name': 'api'",
    "'azd-service-name': 'web'",
    'No function app is tagged',
  ],
])('finds %s', (_, path, from, to, message) => {
  const news = found(changed(path, from, to)).filter((problem) => !known.has(problem));
  expect(news.join('\n')).toContain(message);
});

it('finds a new setting of the app', () => {
  const settings = { ...project.settings, app: new Set([...project.settings.app, 'NEW_LIMIT']) };
  expect(found(project.texts, settings)).toContain(
    'infra/main.bicep: The app reads NEW_LIMIT, which is not among the settings.',
  );
});

it('settings are found where they are read', () => {
  const schema =
    'const schema = z.object({\n  MAX_THINGS: count(3, 1),\n});\nexport const read = (environment: NodeJS.ProcessEnv) => 1;';
  expect(settingsIn(schema)).toEqual(['MAX_THINGS']);
  expect(settingsIn('const { url } = process.env.OTHER_URL;')).toEqual(['OTHER_URL']);
  expect(settingsIn('const table = {\n  NOT_ONE: 1,\n};')).toEqual([]);
});

it('the secrets that the vault makes are such as callbacks take', () => {
  // As the Bicep has it: take(replace('<two GUIDs>', '-', ''), 42), then "A=".
  for (const name of ['encryptionKeySeed', 'signingSecretSeed'])
    expect(project.texts.get(VAULT)).toContain(`{take(replace(${name}, '-', ''), 42)}A='`);
  const made = `${`${randomUUID()}${randomUUID()}`.replaceAll('-', '').slice(0, 42)}A=`;
  const settings = { CALLBACK_ENCRYPTION_KEY: made, CALLBACK_SIGNING_SECRET: `whsec_${made}` };
  expect(readCallbackSettings(settings)).toMatchObject({
    encryptionKeys: [{ bytes: expect.objectContaining({ length: 32 }) }],
    signingSecrets: [expect.objectContaining({ length: 32 })],
  });
});
