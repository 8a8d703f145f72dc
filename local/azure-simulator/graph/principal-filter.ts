import { ArmError } from '../arm/arm-error.ts';
import type { JsonObject } from '../json.ts';

/** What a `$filter` on service principals asks for. @throws ArmError 400 for filters that are not understood here */
export const conditionOf = (filter: string | null): ((principal: JsonObject) => boolean) => {
  if (!filter) return () => true;
  const [, , anyValue] = /^servicePrincipalNames\/any\((\w+):\s*\1 eq '([^']*)'\)$/i.exec(filter) ?? [];
  if (anyValue !== undefined) {
    return ({ servicePrincipalNames: names }) => Array.isArray(names) && names.some((name) => same(name, anyValue));
  }
  const [, field, value] = /^(appId|displayName|id) eq '([^']*)'$/i.exec(filter) ?? [];
  if (field === undefined || value === undefined) {
    throw new ArmError(400, 'Request_UnsupportedQuery', `Unsupported or invalid query filter clause: ${filter}`);
  }
  const key = ['appId', 'displayName', 'id'].find((name) => same(name, field)) ?? field;
  return (principal) => same(principal[key], value);
};

const same = (one: unknown, other: string): boolean =>
  typeof one === 'string' && one.toLowerCase() === other.toLowerCase();
