import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { openApi } from '../../src/contract/openapi.ts';
import { operations } from '../../src/contract/operations.ts';
import { swagger } from '../../src/contract/swagger.ts';

const SERVER = 'https://my-service.azurewebsites.net/api';

const documents = {
  'OpenAPI 3.1': openApi('3.1', SERVER),
  'OpenAPI 3.0': openApi('3.0', SERVER),
  'Swagger 2.0': swagger(SERVER),
};

/** Every key and value of a document, with where it stands. */
const walk = (value: unknown, path = '#'): { path: string; key: string; value: unknown }[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, member]) => [
        { path, key, value: member },
        ...walk(member, `${path}/${key}`),
      ]);

describe.each(Object.entries(documents))('%s', (_, document) => {
  it('is valid', async () => {
    // The parser takes a file: it resolves references in place and would change the document.
    const file = join(mkdtempSync(join(tmpdir(), 'contract-')), 'api.json');
    writeFileSync(file, JSON.stringify(document));
    await SwaggerParser.validate(file);
    rmSync(dirname(file), { recursive: true });
  });

  it('pleases the linter', async () => {
    const config = await createConfig({
      extends: ['recommended'],
      // The health check has no way to go wrong by its caller's fault.
      rules: { 'operation-4xx-response': 'off' },
    });
    const problems = await lintFromString({ source: JSON.stringify(document), config, absoluteRef: 'api.json' });
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  });
});

describe("what ServiceNow's importer takes", () => {
  const document = documents['OpenAPI 3.0'];

  it.each(['oneOf', 'anyOf', 'allOf', 'not', 'discriminator', 'callbacks', 'links', 'example', 'examples', 'nullable'])(
    'the 3.0 document has no %s',
    (keyword) => {
      const inProperties = ({ path }: { path: string }) => path.endsWith('/properties');
      expect(walk(document).filter((entry) => entry.key === keyword && !inProperties(entry))).toEqual([]);
    },
  );

  it('refers to nothing that refers back to itself', () => {
    const refersTo = (name: string): string[] =>
      walk(document.components.schemas[name]).flatMap(({ key, value }) =>
        key === '$ref' ? [String(value).split('/').at(-1) ?? ''] : [],
      );
    const reach = (name: string, seen: string[]): void => {
      expect(seen).not.toContain(name);
      for (const next of refersTo(name)) reach(next, [...seen, name]);
    };
    for (const name of Object.keys(document.components.schemas)) reach(name, []);
  });
});

describe('what Power Platform shows', () => {
  const { paths, definitions } = documents['Swagger 2.0'];
  const described = Object.values(paths).flatMap((verbs) => Object.values(verbs));

  it('has an operation id in Pascal case, a short summary, a sentence and a visibility for each operation', () => {
    expect(described).toHaveLength(operations.length);
    for (const operation of described) {
      expect(operation.operationId).toMatch(/^[A-Z][A-Za-z]+$/);
      expect(operation.summary.length).toBeLessThanOrEqual(80);
      expect(operation.description).toMatch(/\.$/);
      expect(operation['x-ms-visibility']).toMatch(/^(important|advanced|internal)$/);
    }
  });

  it('has a title for each parameter and each field of the request', () => {
    for (const { parameters } of described) {
      for (const parameter of parameters) {
        if ('schema' in parameter) continue;
        expect(parameter['x-ms-summary']).toMatch(/^[A-Z]/);
      }
    }
    const fields = walk(definitions.DeploymentRequest).filter(({ path }) => path.endsWith('/properties'));
    const untitled = fields.filter(({ value }) => !walk(value).some(({ key }) => key === 'x-ms-summary'));
    expect(untitled.map(({ key }) => key)).toEqual([]);
  });
});
