import type { JsonObject } from '../base/json.ts';
import { HttpError } from '../http/http-error.ts';

/** What a `$filter` on service principals asks for. @throws HttpError 400 for filters that are not understood here */
export const conditionOf = (filter: string | null): ((principal: JsonObject) => boolean) => {
  if (!filter) return () => true;
  const [, , anyValue] = /^servicePrincipalNames\/any\((\w+):\s*\1 eq '([^']*)'\)$/i.exec(filter) ?? [];
  if (anyValue !== undefined) {
    return ({ servicePrincipalNames: names }) => Array.isArray(names) && names.some((name) => same(name, anyValue));
  }
  // What `az ad sp list --display-name` sends; learn.microsoft.com, resources/serviceprincipal, names the properties that support it.
  const [, beginning, start = ''] = /^startswith\((appId|displayName),\s*'([^']*)'\)$/i.exec(filter) ?? [];
  if (beginning !== undefined) {
    const key = keyOf(beginning);
    return (principal) => same(String(principal[key]).slice(0, start.length), start);
  }
  const [, field, value] = /^(appId|displayName|id) eq '([^']*)'$/i.exec(filter) ?? [];
  if (field === undefined || value === undefined) {
    throw new HttpError(400, 'Request_UnsupportedQuery', `Unsupported or invalid query filter clause: ${filter}`);
  }
  const key = keyOf(field);
  return (principal) => same(principal[key], value);
};

/** Names of properties are read in any case. */
const keyOf = (field: string): string => ['appId', 'displayName', 'id'].find((name) => same(name, field)) ?? field;

const same = (one: unknown, other: string): boolean =>
  typeof one === 'string' && one.toLowerCase() === other.toLowerCase();
