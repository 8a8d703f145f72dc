import * as z from 'zod';

/**
 * Parses what a settings file holds.
 *
 * @param section - where in the file the value stands, e.g. `extensions.durableTask`; empty for the whole file.
 * @throws an error with one line per wrong field, each naming file and field.
 */
export const parseSettings = <T extends z.ZodType>(
  file: string,
  section: string,
  schema: T,
  value: unknown,
): z.output<T> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const field = [section, ...path.map(String)].filter(Boolean).join('.');
    return `${file}: ${field ? `${field}: ` : ''}${message}`;
  });
  throw new Error(lines.join('\n'));
};

/** .NET configuration keeps all values as texts, so `"5"` and `5` are the same. */
export const wholeNumber = (minimum: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value),
    z.number().int().min(minimum),
  );

/** @see wholeNumber */
export const flag = () =>
  z.preprocess((value) => {
    if (typeof value !== 'string') return value;
    const text = value.trim().toLowerCase();
    return text === 'true' || (text === 'false' ? false : value);
  }, z.boolean());

/** An enum whose names are matched without regard to case, as .NET configuration does. */
export const oneOf = <const T extends readonly [string, ...string[]]>(names: T) =>
  z.preprocess(
    (value) => names.find((name) => typeof value === 'string' && name.toLowerCase() === value.toLowerCase()) ?? value,
    z.enum(names),
  );

/** An object whose known keys are matched without regard to case, as .NET configuration does; other keys are dropped. */
export const section = <T extends z.ZodRawShape>(shape: T) =>
  z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const known = new Map(Object.keys(shape).map((key) => [key.toLowerCase(), key]));
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, field]) => {
        const name = known.get(key.toLowerCase());
        return name === undefined ? [] : [[name, field]];
      }),
    );
  }, z.object(shape));
