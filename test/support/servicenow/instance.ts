import type { Row } from './tables.ts';
import { Tables } from './tables.ts';

/** A route of a Scripted REST API as the app defines it. */
export interface Route {
  readonly uri: string;
  readonly method: string;
  readonly authentication: boolean;
  readonly authorization: boolean;
  readonly internalRole: boolean;
  readonly script: (request: unknown, response: unknown) => void;
}

/**
 * What stands for the ServiceNow instance that the app is installed on: the fakes of the Glide APIs read and write it, the fakes of the SDK's functions put
 * the app's definitions into it.
 */
export const instance = {
  tables: new Tables((table, row) => instance.openRecord(table, row)),
  properties: new Map<string, string>(),
  /** By the sys_id of their alias. */
  connections: new Map<string, { url: string; apiKey: string }>(),
  credentials: new Map<string, { apiKey: string }>(),
  routes: [] as Route[],
  jobs: [] as (() => void)[],
  flows: [] as { readonly body: (params: unknown) => void }[],
  logs: [] as string[],
  /** Runs once, when the next call to a server was answered and before its caller goes on. */
  duringNextCall: undefined as (() => void) | undefined,
  /** Set by the fake of GlideRecord. */
  openRecord: (_table: string, _row: Row): unknown => undefined,
};
