import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readLocalSettings } from '../../local/functions-host/settings/local-settings.ts';
import { BACKENDS } from '../../local/packaging/backends.ts';
import { hostJson } from '../../local/packaging/host-json.ts';
import { inProject } from '../../local/project.ts';

/** test/packaging/schemastore/README.md; git's hash of the file. */
const PUBLISHED = 'c95ae89244527f754d6645a7bdbff9b03095a3c4';
const content = readFileSync(inProject('test/packaging/schemastore/host.schema.json'));
const schema = z.record(z.string(), z.unknown()).parse(JSON.parse(content.toString()));

/**
 * What the Durable Task extension reads and the published schema, which forbids what it does not know, does not have: versions of orchestrations
 * (azure-functions-durable-extension `DurableTaskOptions.cs`) and the choice of the storage provider (`DurableTaskExtension.cs`).
 */
const UNKNOWN_TO_THE_SCHEMA = [
  '/extensions/durableTask defaultVersion',
  '/extensions/durableTask versionFailureStrategy',
  '/extensions/durableTask versionMatchStrategy',
  '/extensions/durableTask/storageProvider type',
];

const { oneOf: _, ...rest } = schema;
const isVersion2 = new Ajv({ strict: false, allErrors: true }).compile({
  ...rest,
  $ref: '#/definitions/version-2',
});

/** What is wrong with a host.json; `path name` for a property that the schema does not know. */
const findings = (value: unknown): string[] => {
  isVersion2(value);
  return (isVersion2.errors ?? [])
    .map(({ instancePath, params, message }) => {
      const name: unknown = params.additionalProperty;
      return `${instancePath} ${typeof name === 'string' ? name : message}`;
    })
    .toSorted();
};

it('the schema is the published one, unchanged', () => {
  const hash = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
  expect(hash).toBe(PUBLISHED);
});

describe.each(BACKENDS)('host.json for %s', (backend) => {
  it('is what the published schema wants, but for the properties that are newer than it', () => {
    expect(findings(hostJson(inProject(), backend))).toEqual(UNKNOWN_TO_THE_SCHEMA);
  });

  it('asks for an extension bundle that has the provider and versions of orchestrations', () => {
    const { extensionBundle } = hostJson(inProject(), backend);
    // 4.30.0 is the first with `Microsoft.Azure.WebJobs.Extensions.DurableTask.AzureManaged` (azure-functions-extension-bundles, tag 4.30.0,
    // linux_x64_extensions.deps.json); its Durable Task extension is 3.5.0. The host takes the newest one in the range (`ExtensionBundleManager.cs`).
    expect(extensionBundle).toEqual({ id: 'Microsoft.Azure.Functions.ExtensionBundle', version: '[4.30.0, 5.0.0)' });
  });
});

it('a misspelt name and a wrong value would be found', () => {
  const host = hostJson(inProject(), 'azure-storage');
  const durableTask = {
    ...host.extensions.durableTask,
    maxConcurrentActivityFunction: 5,
    maxConcurrentOrchestratorFunctions: '5',
  };
  const found = findings({ ...host, extensions: { ...host.extensions, durableTask } });
  expect(found).toEqual(
    [
      ...UNKNOWN_TO_THE_SCHEMA,
      '/extensions/durableTask maxConcurrentActivityFunction',
      '/extensions/durableTask/maxConcurrentOrchestratorFunctions must be integer',
    ].toSorted(),
  );
});

it('local.settings.json holds what Core Tools asks for: the runtime and a storage, in plain text', () => {
  const { values, localHttpPort } = readLocalSettings(inProject());
  expect(values).toEqual({ AzureWebJobsStorage: 'UseDevelopmentStorage=true', FUNCTIONS_WORKER_RUNTIME: 'node' });
  expect(localHttpPort).toBe(7071);
});
