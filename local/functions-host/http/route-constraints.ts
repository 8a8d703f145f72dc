type Constraint = (value: string) => boolean;

const isWhole = (value: string): boolean => /^[+-]?\d+$/.test(value.trim());
const isBetween = (value: string, low: bigint, high: bigint): boolean => {
  if (!isWhole(value)) return false;
  const number = BigInt(value.trim().replace(/^\+/, ''));
  return low <= number && number <= high;
};
const LONG_MAX = 2n ** 63n - 1n;
const isNumber = (value: string): boolean => /^[+-]?(\d[\d,]*(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value.trim());
const GUID = /^\{?([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})\}?$/i;

const whole = (argument: string, name: string): bigint => {
  if (!isWhole(argument)) throw new Error(`The constraint '${name}' needs whole numbers, not '${argument}'.`);
  return BigInt(argument.trim());
};

const PLAIN: Readonly<Record<string, Constraint>> = {
  int: (value) => isBetween(value, -(2n ** 31n), 2n ** 31n - 1n),
  long: (value) => isBetween(value, -LONG_MAX - 1n, LONG_MAX),
  bool: (value) => /^\s*(true|false)\s*$/i.test(value),
  guid: (value) => GUID.test(value),
  alpha: (value) => /^[a-z]*$/i.test(value),
  datetime: (value) => /\d/.test(value) && !Number.isNaN(Date.parse(value)),
  decimal: (value) => isNumber(value) && !/e/i.test(value),
  double: isNumber,
  float: isNumber,
  required: (value) => value !== '',
  file: (value) => /\.[^/.]+$/.test(value),
  nonfile: (value) => !/\.[^/.]+$/.test(value),
};

const WITH_ARGUMENTS: Readonly<Record<string, (args: readonly string[], text: string) => Constraint>> = {
  min: ([low = '']) => {
    const bound = whole(low, 'min');
    return (value) => isBetween(value, bound, LONG_MAX);
  },
  max: ([high = '']) => {
    const bound = whole(high, 'max');
    return (value) => isBetween(value, -LONG_MAX - 1n, bound);
  },
  range: ([low = '', high = '']) => {
    const [from, to] = [whole(low, 'range'), whole(high, 'range')];
    return (value) => isBetween(value, from, to);
  },
  length: ([low = '', high = low]) => {
    const [from, to] = [whole(low, 'length'), whole(high, 'length')];
    return (value) => from <= value.length && value.length <= to;
  },
  minlength: ([low = '']) => {
    const bound = whole(low, 'minlength');
    return (value) => value.length >= bound;
  },
  maxlength: ([high = '']) => {
    const bound = whole(high, 'maxlength');
    return (value) => value.length <= bound;
  },
  regex: (_, text) => {
    const pattern = new RegExp(text, 'i');
    return (value) => pattern.test(value);
  },
};

/**
 * An inline constraint of a route template, such as `int` or `range(1,9)`. Imitates ASP.NET Core
 * `RouteOptions.GetDefaultConstraintMap` and `Microsoft.AspNetCore.Routing.Constraints`.
 *
 * @throws when there is no such constraint or its arguments are wrong.
 */
export const parseConstraint = (text: string): Constraint => {
  const call = /^([^(]+)\((.*)\)$/s.exec(text);
  const name = (call?.[1] ?? text).toLowerCase();
  const args = call?.[2];
  const constraint =
    args === undefined
      ? PLAIN[name]
      : WITH_ARGUMENTS[name]?.(
          args.split(',').map((argument) => argument.trim()),
          args,
        );
  if (!constraint) throw new Error(`The constraint reference '${text}' could not be resolved to a type.`);
  return constraint;
};
