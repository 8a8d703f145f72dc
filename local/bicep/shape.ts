/** What is known of a value without deploying it. */
export type Shape = { readonly line: number } & (
  | { readonly kind: 'string'; readonly value?: string | undefined }
  | { readonly kind: 'int'; readonly value?: number | undefined }
  | { readonly kind: 'bool' | 'null' | 'unknown' }
  | { readonly kind: 'array'; readonly items: readonly Shape[] }
  | { readonly kind: 'object'; readonly properties: ReadonlyMap<string, Shape> | undefined }
  | { readonly kind: 'either'; readonly of: readonly Shape[] }
);

const BY_FUNCTION: Readonly<Record<string, 'string' | 'int' | 'bool' | 'array' | 'object'>> = {
  base64: 'string',
  concat: 'array',
  contains: 'bool',
  empty: 'bool',
  endsWith: 'bool',
  filter: 'array',
  format: 'string',
  guid: 'string',
  int: 'int',
  items: 'array',
  join: 'string',
  length: 'int',
  loadTextContent: 'string',
  map: 'array',
  newGuid: 'string',
  replace: 'string',
  resourceId: 'string',
  split: 'array',
  startsWith: 'bool',
  string: 'string',
  subscriptionResourceId: 'string',
  substring: 'string',
  take: 'string',
  toLower: 'string',
  toObject: 'object',
  toUpper: 'string',
  uniqueString: 'string',
};

/** What a function of Bicep gives, as far as it is always the same. */
export const shapeOfCall = (name: string, line: number): Shape => shapeOfType(BY_FUNCTION[name] ?? '', line);

/** A value of which the declared type alone is known: `string`, `int[]`. */
export const shapeOfType = (type: string, line: number): Shape => {
  if (type.endsWith('[]') || type === 'array') return { kind: 'array', items: [], line };
  switch (type) {
    case 'string':
    case 'int':
    case 'bool':
      return { kind: type, line };
    case 'object':
      return { kind: 'object', properties: undefined, line };
    default:
      return { kind: 'unknown', line };
  }
};
