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

/** Gives rules their `current`. */
type OpenRecord = (table: string, row: Row) => unknown;

let openRecord: OpenRecord = () => undefined;

/** The fake of GlideRecord says how its records are made. */
export const openRecordsBy = (open: OpenRecord): void => {
  openRecord = open;
};

/**
 * What stands for the ServiceNow instance that the app is installed on: the fakes of the Glide APIs read and write it, the fakes of the SDK's functions put
 * the app's definitions into it.
 */
class Instance {
  readonly tables = new Tables((table, row) => openRecord(table, row));
  readonly properties = new Map<string, string>();
  /** By the sys_id of their alias. */
  readonly connections = new Map<string, { url: string; apiKey: string }>();
  readonly credentials = new Map<string, { apiKey: string }>();
  readonly routes: Route[] = [];
  readonly jobs: (() => void)[] = [];
  readonly flows: { readonly body: (params: unknown) => void }[] = [];
  readonly logs: string[] = [];
  /** Runs once, when the next call to a server was answered and before its caller goes on. */
  duringNextCall: (() => void) | undefined;
}

export const instance = new Instance();
