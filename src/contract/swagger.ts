import { access, isOpen } from '../callers/access.ts';
import { API_INFO, licenseWithUrl, pathsOf, tagOf, valueSchema } from './openapi.ts';
import type { Answer, Operation, Parameter } from './operation.ts';
import { operations } from './operations.ts';
import { type JsonSchema, jsonSchemas } from './schemas.ts';

const AT = '#/definitions/';

/**
 * The API as Swagger 2.0, with the extensions by which Power Platform and Logic Apps show a custom connector.
 * Source: https://learn.microsoft.com/connectors/custom-connectors/openapi-extensions
 *
 * @param server - the API's root as the caller reaches it: `https://host/api`.
 */
export const swagger = (server: string) => {
  const { host, protocol, pathname } = new URL(server);
  return {
    swagger: '2.0',
    info: {
      title: API_INFO.title,
      version: API_INFO.version,
      description: API_INFO.description,
      license: licenseWithUrl,
    },
    host,
    basePath: pathname,
    schemes: [protocol.replace(':', '')],
    consumes: ['application/json'],
    produces: ['application/json'],
    securityDefinitions: { functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key' } },
    security: [{ functionKey: [] }],
    tags: [
      { name: 'deployments', description: 'Deployments of the infrastructure.' },
      { name: 'service', description: 'The service itself.' },
    ],
    paths: pathsOf(operations, describe),
    definitions: Object.fromEntries(
      Object.entries(jsonSchemas({ target: 'openapi-3.0', at: AT })).map(([name, schema]) => [name, toSwagger(schema)]),
    ),
  };
};

const describe = (operation: Operation) => ({
  // Pascal case, as the connectors' coding standards want it.
  operationId: `${operation.id.charAt(0).toUpperCase()}${operation.id.slice(1)}`,
  tags: [tagOf(operation)],
  summary: operation.summary,
  description: operation.description,
  'x-ms-visibility': operation.visibility,
  ...(isOpen(access[operation.function]) && { security: [] }),
  ...producesOf(operation),
  parameters: [
    ...(operation.parameters ?? []).map(describeParameter),
    ...(operation.request
      ? [
          {
            name: 'body',
            in: 'body',
            required: true,
            description: 'The request.',
            schema: { $ref: `${AT}${operation.request}` },
          },
        ]
      : []),
  ],
  responses: Object.fromEntries(
    Object.entries(operation.answers).map(([status, answer]) => [status, describeAnswer(answer)]),
  ),
});

/** The types of a success, where JSON is not the only one. */
const producesOf = ({ answers }: Operation): object => {
  const types = Object.values(answers).flatMap(({ textType }) => textType ?? []);
  return types.length === 0 ? {} : { produces: ['application/json', ...types] };
};

const describeParameter = ({ name, in: place, title, description, required = false, ...parameter }: Parameter) => ({
  name,
  in: place,
  description,
  required,
  ...valueSchema({ title, ...parameter }),
  'x-ms-summary': title,
  'x-ms-visibility': required ? 'important' : 'advanced',
  ...(place === 'path' && { 'x-ms-url-encoding': 'single' }),
});

const describeAnswer = ({ description, schema, headers }: Answer) => ({
  description,
  ...(headers && {
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [
        name,
        { description: text, type: name === 'Retry-After' ? 'integer' : 'string' },
      ]),
    ),
  }),
  ...(schema && { schema: { $ref: `${AT}${schema}` } }),
});

/** What the designers show first; the rest is under "advanced". */
const IMPORTANT = new Set(['resourceGroupName', 'location', 'nodeCount', 'nodeVmSize', 'correlationId']);

/** Swagger 2.0 knows no `nullable`, and connectors show a property's title by an extension of theirs. */
const toSwagger = (schema: JsonSchema): JsonSchema => {
  const { nullable: _, properties, items, additionalProperties, ...rest } = schema;
  return {
    ...rest,
    ...(isSchema(properties) && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [
          name,
          isSchema(property) ? describeProperty(name, property) : property,
        ]),
      ),
    }),
    ...(isSchema(items) && { items: toSwagger(items) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: isSchema(additionalProperties) ? toSwagger(additionalProperties) : additionalProperties,
    }),
  };
};

const describeProperty = (name: string, property: JsonSchema): JsonSchema => {
  const { title } = property;
  if (typeof title !== 'string') return toSwagger(property);
  return {
    ...toSwagger(property),
    'x-ms-summary': title,
    'x-ms-visibility': IMPORTANT.has(name) ? 'important' : 'advanced',
  };
};

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;
