import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applySettings } from '../../../local/functions-host/settings/apply-settings.ts';
import { readHostJson } from '../../../local/functions-host/settings/host-json.ts';
import { parseJsonWithComments } from '../../../local/functions-host/settings/json-with-comments.ts';
import { readLocalSettings } from '../../../local/functions-host/settings/local-settings.ts';
import { createTerminalLog } from '../../../local/functions-host/settings/terminal-log.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const write = (name: string, content: unknown) =>
  writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
const hostJson = (content: unknown, settings: Record<string, string> = {}) => {
  write('host.json', content);
  return readHostJson(directory, (name) => settings[name]);
};
const localSettings = (content: unknown) => {
  write('local.settings.json', content);
  return readLocalSettings(directory);
};

test('comments and trailing commas are read, also beside texts that look like them', () => {
  const text = '\uFEFF{ // one\n "a": "// not, /* a */ comment,]", /* two\n */ "b": [1, 2, /* x */ ], "c": "\\"//", }';
  expect(parseJsonWithComments(text)).toEqual({ a: '// not, /* a */ comment,]', b: [1, 2], c: '"//' });
});

test.each([
  ['{\n  "version": "2.0"\n  "logging": {}\n}', 'line 3, column 3: a comma is expected; there is "\\"logging\\"".'],
  ['{ // a comment: "\n "version": tru }', 'line 2, column 13: this is no JSON; there is "tru".'],
  ['{ "version": "2.0"', 'line 1, column 19: a closing brace } is expected.'],
])('host.json %j: line and column are named', (text, message) => {
  expect(() => hostJson(text)).toThrow(`${join(directory, 'host.json')} is not valid JSON: ${message}`);
});

test.each([
  [undefined, 30 * 60_000],
  ['00:05:00', 5 * 60_000],
  ['-1', undefined],
])('host.json: functionTimeout %j', (functionTimeout, ms) => {
  expect(hostJson({ version: '2.0', functionTimeout }).functionTimeoutMs).toBe(ms);
});

test.each(['00:00:00', 'soon', '00:00:00.5'])('host.json: functionTimeout %j is refused', (functionTimeout) => {
  expect(() => hostJson({ version: '2.0', functionTimeout })).toThrow(
    `functionTimeout: must be a time of at least one second such as "00:05:00", or "-1" for none, not "${functionTimeout}".`,
  );
});

test('host.json: defaults', () => {
  const { http, durableTask } = hostJson({ version: '2.0' });
  expect(http.routePrefix).toBe('api');
  expect(durableTask).toMatchObject({
    hubName: 'TestHubName',
    connectionName: 'Storage',
    defaultVersion: '',
    overridableExistingInstanceStates: 'NonRunningStates',
    storeInputsInOrchestrationHistory: false,
    httpSettings: { defaultAsyncRequestSleepTimeMilliseconds: 30_000 },
  });
});

test('host.json: what is written counts, keys without regard to case, numbers and flags also as texts', () => {
  const { http, durableTask, logLevels } = hostJson(
    {
      version: '2.0',
      logging: { logLevel: { default: 'Warning' } },
      Extensions: {
        HTTP: { routePrefix: '/v1/' },
        durableTask: {
          HubName: 'My%STAGE%Hub',
          maxConcurrentActivityFunctions: '7',
          storeInputsInOrchestrationHistory: 'True',
          overridableExistingInstanceStates: 'anystate',
          storageProvider: { type: 'AzureStorage', connectionName: 'MyStorage' },
          unknown: 1,
        },
      },
    },
    { STAGE: 'Dev' },
  );
  expect(http.routePrefix).toBe('v1');
  expect(logLevels).toEqual({ default: 'Warning' });
  expect(durableTask).toMatchObject({
    hubName: 'MyDevHub',
    connectionName: 'MyStorage',
    maxConcurrentActivityFunctions: 7,
    storeInputsInOrchestrationHistory: true,
    overridableExistingInstanceStates: 'AnyState',
  });
});

const durable = (durableTask: unknown) => ({ version: '2.0', extensions: { durableTask } });

test.each([
  ['{ "version": ', /host\.json is not valid JSON/],
  [{}, /host\.json: version: must be "2\.0", not absent/],
  [{ version: 2 }, /host\.json: version: must be "2\.0", not 2/],
  [durable({ hubName: 'my-hub' }), /extensions\.durableTask\.hubName: Task hub name 'my-hub' should contain only/],
  [
    durable({ hubName: 'my_hub', storageProvider: { type: 'AzureManaged' } }),
    /hubName: Task hub name 'my_hub' should contain only alphanumeric characters and hyphens/,
  ],
  [durable({ hubName: '%NOPE%' }), /extensions\.durableTask\.hubName: '%NOPE%' does not resolve to a value/],
  [
    durable({ maxConcurrentActivityFunctions: 0 }),
    /host\.json: extensions\.durableTask\.maxConcurrentActivityFunctions: /,
  ],
  [durable({ versionMatchStrategy: 'Sometimes' }), /host\.json: extensions\.durableTask\.versionMatchStrategy: /],
  [{ version: '2.0', extensions: { http: { routePrefix: 5 } } }, /host\.json: extensions\.http\.routePrefix: /],
])('host.json %j is refused with the field', (content, message) => {
  expect(() => hostJson(content)).toThrow(message);
});

test('host.json: the Durable Task Scheduler takes names of task hubs that Azure Storage does not', () => {
  const storageProvider = { type: 'azureManaged', connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING' };
  const { durableTask } = hostJson(durable({ hubName: '%TASKHUB_NAME%', storageProvider }), { TASKHUB_NAME: '1-hub' });
  expect(durableTask.hubName).toBe('1-hub');
});

test('a missing host.json is an error, a missing local.settings.json is none', () => {
  expect(() => readHostJson(directory, () => undefined)).toThrow(/host\.json is missing/);
  expect(readLocalSettings(directory)).toEqual({ values: {}, corsOrigins: [], corsCredentials: false });
});

test('local.settings.json: values, connection strings, host', () => {
  const settings = localSettings({
    IsEncrypted: false,
    Values: { A: 'x', NUMBER: 5, FLAG: true, NOTHING: null },
    ConnectionStrings: { Sql: 'one', Other: { ConnectionString: 'two', ProviderName: 'p' } },
    Host: { LocalHttpPort: 7090, CORS: 'https://a.example/, https://b.example', CORSCredentials: true },
  });
  expect(settings).toEqual({
    values: {
      A: 'x',
      NUMBER: '5',
      FLAG: 'true',
      NOTHING: null,
      'ConnectionStrings:Sql': 'one',
      'ConnectionStrings:Other': 'two',
    },
    localHttpPort: 7090,
    corsOrigins: ['https://a.example', 'https://b.example'],
    corsCredentials: true,
  });
});

test.each([
  [{ IsEncrypted: true, Values: {} }, /local\.settings\.json: IsEncrypted: .*func settings decrypt/],
  [{ Values: { A: { b: 1 } } }, /local\.settings\.json: Values\.A: must be a string/],
  [{ Host: { LocalHttpPort: 'x' } }, /local\.settings\.json: Host\.LocalHttpPort: /],
  ['[', /local\.settings\.json is not valid JSON/],
])('local.settings.json %j is refused with the field', (content, message) => {
  expect(() => localSettings(content)).toThrow(message);
});

test('what the environment defines wins over a setting, and is said', () => {
  process.env.SETTINGS_TEST_KEPT = 'environment';
  const lines: string[] = [];
  try {
    const values = { SETTINGS_TEST_KEPT: 'file', SETTINGS_TEST_NEW: 'file', SETTINGS_TEST_NULL: null, '': 'x' };
    applySettings(values, (level, _, message) => lines.push(`${level} ${message}`));
    expect(process.env.SETTINGS_TEST_KEPT).toBe('environment');
    expect(process.env.SETTINGS_TEST_NEW).toBe('file');
    expect(process.env).not.toHaveProperty('SETTINGS_TEST_NULL');
    expect(lines).toEqual([
      "warning Skipping 'SETTINGS_TEST_KEPT' from local settings as it's already defined in current environment variables.",
      "warning Skipping 'SETTINGS_TEST_NULL' because value is null",
      'warning Skipping local setting with empty key.',
    ]);
  } finally {
    delete process.env.SETTINGS_TEST_KEPT;
    delete process.env.SETTINGS_TEST_NEW;
  }
});

test('the terminal shows time and message, from the level that host.json asks for', () => {
  const written: string[] = [];
  const now = () => Date.UTC(2026, 0, 31, 8, 15);
  const levels = { default: 'Warning', 'Function.hello': 'Debug' };
  const log = createTerminalLog({ now, write: (line) => written.push(line), levels });
  log('information', 'Host.Startup', 'hidden');
  log('error', 'Host.Startup', 'two\nlines');
  log('debug', 'Function.hello.User', 'shown');
  log('none', 'Function.hello.User', 'never');
  createTerminalLog({ now, write: (line) => written.push(line), verbose: true })('debug', 'x', 'verbose');
  expect(written).toEqual([
    `[2026-01-31T08:15:00.000Z] two\n${' '.repeat(27)}lines`,
    '[2026-01-31T08:15:00.000Z] shown',
    '[2026-01-31T08:15:00.000Z] verbose',
  ]);
});
