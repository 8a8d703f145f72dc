import fc from 'fast-check';
import { resolve, type Target, violation } from './document.ts';
import { fromSchema, type Schema } from './from-schema.ts';
import type { Outgoing } from './send.ts';
import { badBytes, brokenBodies, oddValues, spoiled } from './spoiled.ts';

/** A request, and whether openapi.json allows it: if not, it is the caller's fault and nothing may come of it. */
export interface Generated extends Outgoing {
  readonly allowed: boolean;
}

type Parameter = NonNullable<Target['operation']['parameters']>[number];

/** @param ids - of deployments that are there and that are not. */
export const requestsOf = (target: Target, ids: readonly string[]): fc.Arbitrary<Generated> =>
  fc
    .record({
      path: pathOf(target, ids),
      query: queryOf(target),
      headers: headersOf(target),
      body: bodyOf(target),
    })
    .map(({ path, query, headers, body }) => ({
      method: target.method,
      target: `${path.text}${query.text}`,
      headers: { ...(body.bytes && { 'content-type': 'application/json' }), ...headers },
      body: body.bytes,
      // An operation that refuses nothing judges nothing.
      allowed: !('400' in target.operation.responses) || (path.allowed && query.allowed && body.allowed),
    }));

const JSON_BODY = 'application/json';

const bodyOf = ({
  operation,
  method,
}: Target): fc.Arbitrary<{ readonly bytes: Buffer | undefined; readonly allowed: boolean }> => {
  const schema = operation.requestBody?.content[JSON_BODY]?.schema;
  // What a route does not read it does not judge.
  if (!schema) return fc.constant({ bytes: method === 'GET' ? undefined : Buffer.from('{}'), allowed: true });
  const written = (value: unknown) => ({
    bytes: Buffer.from(JSON.stringify(value)),
    allowed: violation(schema, value) === undefined,
  });
  const valid = fromSchema(schema, resolve);
  return fc.oneof(
    { weight: 3, arbitrary: valid.map(written) },
    { weight: 5, arbitrary: spoiled(valid).map(written) },
    { weight: 1, arbitrary: fc.constantFrom(...brokenBodies, ...badBytes).map((bytes) => ({ bytes, allowed: false })) },
    {
      weight: 1,
      arbitrary: fc.constant({
        bytes: Buffer.from(JSON.stringify({ tags: { a: 'x'.repeat(70_000) } })),
        allowed: false,
      }),
    },
  );
};

interface Part {
  readonly text: string;
  readonly allowed: boolean;
}

const pathOf = ({ path, operation }: Target, ids: readonly string[]): fc.Arbitrary<Part> => {
  const id = operation.parameters?.find((each) => each.in === 'path');
  if (!id) return fc.constant({ text: `/api${path}`, allowed: true });
  const known = fc.constantFrom(...ids).map((value) => ({ value, allowed: true }));
  const valid = fromSchema(id.schema, resolve).map((value) => ({ value: String(value), allowed: true }));
  const odd = fc
    .oneof(
      fc.constantFrom('%', 'ABC', 'a b', '_', 'x'.repeat(65), '☃', "'", 'a.b'),
      fc.string({ minLength: 1, maxLength: 20 }),
    )
    // A slash, a dot or a fragment is another path, which this operation does not describe.
    .filter((value) => !/[/\\?#]|^\.+$/.test(value) && violation(id.schema, value) !== undefined)
    .map((value) => ({ value, allowed: true }));
  return fc
    .oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: valid }, { weight: 1, arbitrary: odd })
    .map(({ value, allowed }) => ({
      text: `/api${path.replace('{id}', encodeURIComponent(value))}`,
      allowed,
    }));
};

const queryOf = ({ operation }: Target): fc.Arbitrary<Part> => {
  const known = (operation.parameters ?? []).filter((each) => each.in === 'query');
  const pairs = known.map((each) =>
    sometimes(parameterValue(each), each.required ? 9 : 1).map((value) => ({ ...each, value })),
  );
  const extra = sometimes(fc.constantFrom('colour=blue', 'code=a-key', 'TOP=1', '=', 'top[]=1', '%00=1'), 0.2);
  return fc.tuple(fc.tuple(...pairs), extra, fc.nat(9)).map(([values, more, twice]) => {
    const given = values.flatMap(({ name, value }) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(value.text)}`],
    );
    const [first] = given;
    const doubled = twice === 0 && first !== undefined ? [first] : [];
    const parts = [...given, ...doubled, ...(more === undefined ? [] : [more])];
    return {
      text: parts.length === 0 ? '' : `?${parts.join('&')}`,
      allowed:
        doubled.length === 0 &&
        (more === undefined || more === 'code=a-key') &&
        values.every(({ value, required }) => (value === undefined ? !required : value.allowed)),
    };
  });
};

/** A value for a parameter, as it is written in a query. */
const parameterValue = ({ schema }: Parameter): fc.Arbitrary<Part> => {
  const valid = fromSchema(schema, resolve).map((value) => ({ text: String(value), allowed: true }));
  const odd = oddValues
    .map((value) => asText(value))
    .filter((text) => text !== undefined)
    .map((text) => ({ text, allowed: readable(schema, text) }));
  return fc.oneof({ weight: 2, arbitrary: valid }, { weight: 1, arbitrary: odd });
};

const asText = (value: unknown): string | undefined => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.isWellFormed() ? text : undefined;
};

/** Whether a text in a query is a value of the schema. */
const readable = (schema: Schema, text: string): boolean => {
  if (schema.type === 'integer') return /^-?\d+$/.test(text) && violation(schema, Number(text)) === undefined;
  if (schema.type === 'boolean') return text === 'true' || text === 'false';
  return violation(schema, text) === undefined;
};

const headersOf = ({ operation }: Target): fc.Arbitrary<Record<string, string>> => {
  const entries = {
    accept: fc.constantFrom('*/*', 'application/json', 'text/html', 'application/xml;q=0.1', 'garbage', ''),
    'content-type': fc.constantFrom(
      JSON_BODY,
      'application/json; charset=utf-8',
      'text/plain',
      'application/xml',
      'garbage',
      'multipart/form-data; boundary=x',
    ),
    'x-ms-client-principal': fc.constantFrom('e30=', 'garbage'),
    'if-none-match': fc.constantFrom('*', '"x"', 'W/"x", "y"', 'garbage', ','),
    'x-correlation-id': fc.string({ unit: fc.constantFrom(...'abc-🙂'.slice(0, 4)), maxLength: 30 }),
    authorization: fc.constantFrom('Bearer x', 'Basic !!', 'Bearer', ''),
  };
  const names = Object.keys(entries).filter((name) => operation.requestBody || name !== 'content-type');
  return fc
    .subarray(names, { maxLength: 2 })
    .chain((chosen) =>
      fc.record(Object.fromEntries(Object.entries(entries).filter(([name]) => chosen.includes(name)))),
    );
};

/** @param odds - how often there is a value, for each time that there is none. */
const sometimes = <T>(values: fc.Arbitrary<T>, odds: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: Math.round(odds * 10), arbitrary: values }, { weight: 10, arbitrary: fc.constant(undefined) });
