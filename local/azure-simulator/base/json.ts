import { z } from 'zod';

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json | undefined;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON object of unknown shape, as zod sees it. */
export const jsonObject = z.custom<JsonObject>(isJsonObject, 'expected an object');

/** The value at a path of properties; undefined where the path leaves the objects. */
export const at = (value: Json | undefined, ...path: string[]): Json | undefined =>
  path.reduce<Json | undefined>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);

/** The value at a path of properties and indices; undefined where the path leaves the value. */
export const valueAt = (value: Json | undefined, path: readonly PropertyKey[]): Json | undefined =>
  path.reduce<Json | undefined>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)];
    return isJsonObject(inner) && Object.hasOwn(inner, key) ? inner[String(key)] : undefined;
  }, value);

/** A value of unknown kind as an object; an empty one when it is none. */
export const toObject = (value: unknown): JsonObject => objectAt(toJson(value));

/** The text at a path; undefined when there is none or it is not text. */
export const textAt = (value: Json | undefined, ...path: string[]): string | undefined => {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
};

/** The object at a path; an empty one when there is none. */
export const objectAt = (value: Json | undefined, ...path: string[]): JsonObject => {
  const found = at(value, ...path);
  return isJsonObject(found) ? found : {};
};

/** The list of objects at a path; an empty one when there is none. */
export const objectsAt = (value: Json | undefined, ...path: string[]): JsonObject[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
};

/** `changes` over `base`, objects merged all the way down, lists and scalars replaced, undefined ignored. */
export const merged = (base: JsonObject, changes: JsonObject): JsonObject => {
  const result: JsonObject = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    const old = result[key];
    result[key] = isJsonObject(old) && isJsonObject(value) ? merged(old, value) : value;
  }
  return result;
};

/** A plain copy of a value, without its undefined properties. */
export const toJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null));
