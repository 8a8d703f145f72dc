/** One distinct request of a deployment that nothing disturbed: a row of the table. */
export interface RecordedRequest {
  /** Short and readable, e.g. `PUT KeyVault/vaults/{name} #1`. */
  readonly label: string;
  readonly method: string;
  /** A regular expression for its path, in which made-up ids are left open. */
  readonly pattern: string;
  /** The how-manieth of its kind it is, from 1. */
  readonly nth: number;
  /** The type of the resource or action, lower-case, e.g. `keyvault/vaults/secrets`. */
  readonly type: string;
  /** Whether the request reads something that an earlier write had begun. */
  readonly isPoll: boolean;
  /** Whether the write is accepted first and carried out later. */
  readonly isLongRunning: boolean;
  /** What a person could delete when the request has been answered; absent while there is nothing. */
  readonly deletable?: { readonly path: string; readonly apiVersion: string };
}

export const isWrite = ({ method, type }: RecordedRequest): boolean =>
  ['PUT', 'PATCH', 'DELETE'].includes(method) || (method === 'POST' && type.endsWith('/importimage'));
