import { randomUUID } from 'node:crypto';

/** A GUID in .NET's format "N": 32 hex digits, for executions and for instances without a chosen id. */
export const newExecutionId = (): string => randomUUID().replaceAll('-', '');
