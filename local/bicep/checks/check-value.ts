import type { ModuleInterface, ModuleType } from '../module-interface.ts';
import type { Shape } from '../shape.ts';

export interface Complaint {
  readonly line: number;
  readonly message: string;
}

/**
 * What a module would refuse of a value, as far as both are known.
 *
 * @param path - how the value is called in messages: `configs[0].properties`.
 */
export const checkValue = (
  { definitions, roles }: Pick<ModuleInterface, 'definitions' | 'roles'>,
  wanted: ModuleType,
  given: Shape,
  path: string,
): readonly Complaint[] => {
  const resolve = (type: ModuleType): ModuleType =>
    type.ref === undefined
      ? type
      : { ...resolve(definitions[type.ref] ?? {}), ...(type.optional && { optional: true }) };

  const check = (type: ModuleType, shape: Shape, at: string): readonly Complaint[] => {
    const want = resolve(type);
    const complain = (message: string): readonly Complaint[] => [{ line: shape.line, message: `${at} ${message}` }];
    if (shape.kind === 'unknown') return [];
    if (shape.kind === 'either') return shape.of.flatMap((choice) => check(want, choice, at));
    if (shape.kind === 'null') return want.optional ? [] : complain('may not be null');
    if (want.type === undefined || want.type === 'any') return [];
    if (shape.kind !== want.type) return complain(`must be ${articleOf(want.type)}, not ${articleOf(shape.kind)}`);
    if ((shape.kind === 'string' || shape.kind === 'int') && shape.value !== undefined)
      return checkLiteral(want, shape.value, at).map((message) => ({ line: shape.line, message }));
    if (shape.kind === 'array')
      return shape.items.flatMap((item, index) => (want.items ? check(want.items, item, `${at}[${index}]`) : []));
    return shape.kind === 'object' ? checkObject(want, shape, at) : [];
  };

  const checkLiteral = ({ allowed }: ModuleType, value: string | number, at: string): readonly string[] => {
    if (allowed && !allowed.includes(value)) return [`${at} must be one of ${allowed.join(', ')}, not ${value}`];
    if (!at.endsWith('.roleDefinitionIdOrName') || roles.includes(String(value)) || GUID.test(String(value))) return [];
    return [`${at} is "${value}", a role whose name the module does not know`];
  };

  const checkObject = (want: ModuleType, shape: Shape & { kind: 'object' }, at: string): readonly Complaint[] => {
    const { properties: given } = shape;
    if (given === undefined) return [];
    if (want.discriminator !== undefined) {
      const chosen = given.get(want.discriminator);
      const variant =
        chosen?.kind === 'string' && chosen.value !== undefined ? want.variants?.[chosen.value] : undefined;
      const names = Object.keys(want.variants ?? {}).join(', ');
      return variant
        ? check(variant, shape, at)
        : [{ line: shape.line, message: `${at}.${want.discriminator} must be one of ${names}` }];
    }
    if (want.properties === undefined) return [];
    const known = want.properties;
    const missing = Object.entries(known)
      .filter(([name, type]) => !resolve(type).optional && !given.has(name))
      .map(([name]) => ({ line: shape.line, message: `${at}.${name} is missing` }));
    const wrong = [...given].flatMap(([name, value]) => {
      const type = known[name] ?? want.additional;
      return type
        ? check(type, value, `${at}.${name}`)
        : [{ line: value.line, message: `${at}.${name} is not known; known are ${Object.keys(known).join(', ')}` }];
    });
    return [...missing, ...wrong];
  };

  return check(wanted, given, path);
};

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const articleOf = (kind: string): string => `${/^[aio]/.test(kind) ? 'an' : 'a'} ${kind}`;
