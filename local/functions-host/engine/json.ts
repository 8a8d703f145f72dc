/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object and no array. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text of a property, or undefined when it is absent or something else. */
export const textOf = (object: JsonObject, property: string): string | undefined => {
  const value = object[property];
  return typeof value === 'string' ? value : undefined;
};

/** The number of a property, or undefined when it is absent or something else. */
export const numberOf = (object: JsonObject, property: string): number | undefined => {
  const value = object[property];
  return typeof value === 'number' ? value : undefined;
};

/** The object of a property, or undefined when it is absent or something else. */
export const objectOf = (object: JsonObject, property: string): JsonObject | undefined => {
  const value = object[property];
  return isObject(value) ? value : undefined;
};

/** The value of a JSON text, or undefined when the text is none. */
export const parseJson = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
};

/** JSON text of a value that may be absent: undefined and null become null. */
export const toJsonText = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);
