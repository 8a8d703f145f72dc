import type { z } from 'zod';
import type { Json } from '../base/json.ts';

/** Says what is wrong with a body as Json.NET does, which Resource Manager and most providers read bodies with (Azure/azure-powershell issue 9339). */
export const describeIssue = ({ path, message }: z.core.$ZodIssue, given: Json | undefined): string => {
  const name = String(path.at(-1) ?? '');
  if (given === undefined && path.length > 0) {
    return `Required property '${name}' not found in JSON. Path '${pathText(path.slice(0, -1))}'.`;
  }
  const shown = JSON.stringify(given ?? null);
  return `Error converting value ${shown.length > 200 ? `${shown.slice(0, 200)}…` : shown}: ${message}. Path '${pathText(path)}'.`;
};

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`)).join('');
