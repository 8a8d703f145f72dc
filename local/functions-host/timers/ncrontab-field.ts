/** The values that a field of an expression allows, rising. */
export type FieldValues = readonly number[];

/** One of the fields, in the words of NCrontab's messages. */
export interface FieldKind {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** For `minimum` onwards; any beginning of one stands for it. */
  readonly names?: readonly string[];
}

/**
 * Reads one field: `*`, a value, `a-b`, any of them with `/step`, or a list of these (NCrontab `CrontabFieldImpl.cs`, `CrontabField.cs`). As there, a
 * range may be written backwards, `5/10` runs to the highest value, a step below 1 is 1, and `?`, `L`, `W`, `#` mean nothing.
 *
 * @throws Error with NCrontab's message.
 */
export const parseField = (text: string, kind: FieldKind): FieldValues => {
  const values = new Set<number>();
  for (const part of text.includes(',', 1) ? text.split(',') : [text]) {
    for (const value of valuesOf(part, kind)) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
};

const valuesOf = (part: string, kind: FieldKind): number[] => {
  const slash = part.indexOf('/', 1);
  const body = slash < 0 ? part : part.slice(0, slash);
  const step = slash < 0 ? undefined : readStep(part.slice(slash + 1), kind);
  const [from, to] = bounds(body, step !== undefined, kind);
  const values: number[] = [];
  for (let value = from; value <= to; value += Math.max(1, step ?? 1)) values.push(value);
  return values;
};

const bounds = (body: string, hasStep: boolean, kind: FieldKind): [number, number] => {
  if (body === '*') return [kind.minimum, kind.maximum];
  const dash = body.indexOf('-', 1);
  if (dash < 0) {
    const value = readValue(body, kind);
    return [value, hasStep ? kind.maximum : value];
  }
  const [from, to] = [readValue(body.slice(0, dash), kind), readValue(body.slice(dash + 1), kind)];
  return from <= to ? [from, to] : [to, from];
};

const readStep = (text: string, { name }: FieldKind): number => {
  if (!/^[+-]?\d+$/.test(text)) throw new Error(`'${text}' is not a valid step in the [${name}] field.`);
  return Number(text);
};

const readValue = (text: string, { name, minimum, maximum, names }: FieldKind): number => {
  if (text === '') throw new Error('A crontab field value cannot be empty.');
  if (/^\d/.test(text)) {
    if (!/^\d+$/.test(text)) throw new Error(`'${text}' is not a valid [${name}] crontab field value.`);
    const value = Number(text);
    if (value >= minimum && value <= maximum) return value;
    throw new Error(
      `${value} is ${value < minimum ? 'lower than the minimum' : 'higher than the maximum'} allowable value for the [${name}] field. Value must be between ${minimum} and ${maximum} (all inclusive).`,
    );
  }
  if (!names) {
    throw new Error(
      `'${text}' is not a valid [${name}] crontab field value. It must be a numeric value between ${minimum} and ${maximum} (all inclusive).`,
    );
  }
  const index = names.findIndex((each) => each.toLowerCase().startsWith(text.toLowerCase()));
  if (index >= 0) return index + minimum;
  throw new Error(`'${text}' is not a known value name. Use one of the following: ${names.join(', ')}.`);
};
