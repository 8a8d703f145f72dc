import { access, isOpen } from '../callers/access.ts';
import type { Answer, Operation, Parameter } from './operation.ts';
import { operations } from './operations.ts';
import { jsonSchemas } from './schemas.ts';

export const API_INFO = {
  title: 'Airflow on AKS',
  version: '1',
  description:
    'Creates the infrastructure for running Apache Airflow on Azure Kubernetes Service from one request. Members may be added to answers; see docs/api-versions.md.',
  license: { name: 'MIT', identifier: 'MIT' },
} as const;

/** What versions before 3.1 know of a license. */
export const licenseWithUrl = { name: API_INFO.license.name, url: 'https://opensource.org/license/mit' };

const AT = '#/components/schemas/';
const JSON_TYPE = 'application/json';

/**
 * The API as OpenAPI 3.1 or 3.0. The 3.0 document keeps to what ServiceNow's importer takes: no unions, discriminators, callbacks, links or examples.
 *
 * @param server - the API's root as the caller reaches it: `https://host/api`.
 */
export const openApi = (version: '3.1' | '3.0', server: string) => {
  const is31 = version === '3.1';
  const { license, ...info } = API_INFO;
  return {
    openapi: is31 ? '3.1.1' : '3.0.4',
    info: { ...info, license: is31 ? license : licenseWithUrl },
    servers: [{ url: server }],
    security: [{ functionKey: [] }, { entraToken: [] }],
    tags: [
      { name: 'deployments', description: 'Deployments of the infrastructure.' },
      { name: 'service', description: 'The service itself.' },
    ],
    paths: pathsOf(operations, (operation) => describe(operation, is31)),
    components: {
      securitySchemes: {
        functionKey: {
          type: 'apiKey',
          in: 'header',
          name: 'x-functions-key',
          description: 'A function key, where the service takes keys.',
        },
        entraToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of Microsoft Entra with an app role, where the service takes tokens.',
        },
      },
      schemas: jsonSchemas({ target: is31 ? 'draft-2020-12' : 'openapi-3.0', at: AT }),
    },
  };
};

/** Paths with their verbs, each operation described by `describe`. */
export const pathsOf = <T>(
  list: readonly Operation[],
  describe: (operation: Operation) => T,
): Record<string, Record<string, T>> => {
  const paths: Record<string, Record<string, T>> = {};
  for (const operation of list) {
    const path = `/${operation.route}`;
    paths[path] = { ...paths[path], [operation.method]: describe(operation) };
  }
  return paths;
};

export const tagOf = ({ route }: Operation): string => (route.startsWith('deployments') ? 'deployments' : 'service');

const describe = (operation: Operation, withExample: boolean) => ({
  operationId: operation.id,
  tags: [tagOf(operation)],
  summary: operation.summary,
  description: operation.description,
  ...securityOf(operation, withExample),
  ...(operation.parameters && { parameters: operation.parameters.map(describeParameter) }),
  ...(operation.request && {
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { $ref: `${AT}${operation.request}` },
          // Otherwise pages make one up with a value for every field, most of which fit no deployment.
          ...(withExample && { example: {} }),
        },
      },
    },
  }),
  responses: Object.fromEntries(
    Object.entries(operation.answers).map(([status, answer]) => [status, describeAnswer(answer)]),
  ),
});

/** From 3.1 on a requirement may name the roles that a token has to carry: one of these, so that each stands for itself. */
const securityOf = (operation: Operation, withRoles: boolean): object => {
  const who = access[operation.function];
  if (isOpen(who)) return { security: [] };
  return withRoles ? { security: [{ functionKey: [] }, ...who.map((role) => ({ entraToken: [role] }))] } : {};
};

const describeParameter = ({ name, in: place, description, required = false, ...parameter }: Parameter) => ({
  name,
  in: place,
  description,
  required,
  schema: valueSchema(parameter),
});

/** What a parameter may be, as JSON Schema. */
export const valueSchema = ({
  type,
  values,
  pattern,
  format,
  minimum,
  maximum,
  default: preset,
}: Omit<Parameter, 'name' | 'in' | 'description'>) => ({
  type,
  ...(values && { enum: values }),
  ...(pattern !== undefined && { pattern }),
  ...(format && { format }),
  ...(minimum !== undefined && { minimum }),
  ...(maximum !== undefined && { maximum }),
  ...(preset !== undefined && { default: preset }),
});

const describeAnswer = ({
  description,
  schema,
  contentType = JSON_TYPE,
  headers,
  whileRunning = [],
  textType,
}: Answer) => ({
  description,
  ...(headers && {
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [
        name,
        { description: text, required: !whileRunning.includes(name), schema: headerSchema(name) },
      ]),
    ),
  }),
  // What is neither JSON nor described is shown by its type alone: YAML, read as data, is no string.
  ...((schema || contentType !== JSON_TYPE) && {
    content: {
      [contentType]: schema ? { schema: { $ref: `${AT}${schema}` } } : {},
      ...(textType !== undefined && { [textType]: { schema: { type: 'string' } } }),
    },
  }),
});

const headerSchema = (name: string) =>
  name === 'Retry-After'
    ? { type: 'integer', minimum: 1 }
    : { type: 'string', ...(name.includes('Location') && { format: 'uri' }) };
