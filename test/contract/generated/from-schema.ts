import fc from 'fast-check';

/** A JSON Schema as the documents of the API have it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

/** Lists and texts that a schema does not limit stay below this. */
const FEW = 3;
const MOST_OPTIONAL = 4;

/** Values that a schema allows. @param resolve - finds what a `$ref` names. */
export const fromSchema = (schema: Schema, resolve: (ref: string) => Schema): fc.Arbitrary<unknown> => {
  if (schema.$ref !== undefined) return fromSchema(resolve(schema.$ref), resolve);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => fromSchema(each, resolve)));
  switch (schema.type) {
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -(2 ** 31), max: schema.maximum ?? 2 ** 31 });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'array': {
      const { items = {}, minItems = 0, maxItems = FEW } = schema;
      const most = Math.max(minItems, Math.min(maxItems, FEW));
      return fc.array(fromSchema(items, resolve), { minLength: minItems, maxLength: most });
    }
    case 'object':
      return objects(schema, resolve);
    default:
      return fc.jsonValue();
  }
};

const texts = ({ pattern, format, minLength = 0, maxLength = 2 ** 16 }: Schema): fc.Arbitrary<string> => {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time')
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString());
  if (format === 'uri') return fc.webUrl();
  if (pattern !== undefined) {
    const whole = new RegExp(pattern, 'u');
    // fast-check knows no lookahead: what it would exclude is left out afterwards.
    const simple = new RegExp(pattern.replaceAll(/\(\?!(?:[^()]|\([^()]*\))*\)/g, ''));
    return fc
      .stringMatching(simple)
      .filter((text) => whole.test(text) && text.length >= minLength && text.length <= maxLength);
  }
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 40) });
};

const objects = (schema: Schema, resolve: (ref: string) => Schema): fc.Arbitrary<object> => {
  const { properties = {}, required = [], additionalProperties } = schema;
  const optional = Object.keys(properties).filter((name) => !required.includes(name));
  const named = fc
    .subarray(optional, { maxLength: Math.min(optional.length, MOST_OPTIONAL) })
    .chain((chosen) =>
      fc.record(
        Object.fromEntries([...required, ...chosen].map((name) => [name, fromSchema(properties[name] ?? {}, resolve)])),
      ),
    );
  if (typeof additionalProperties !== 'object') return named;
  const others = fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), fromSchema(additionalProperties, resolve), {
    maxKeys: FEW,
  });
  return fc.tuple(others, named).map(([more, own]) => ({ ...more, ...own }));
};
