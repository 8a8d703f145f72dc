import type { Incoming } from '../../local/azure-simulator/http/incoming.ts';

/** A request without a body, as the simulator reads it. */
export const incomingOf = (given: {
  method: string;
  host: string;
  target: string;
  headers: Record<string, string>;
}): Incoming => {
  const [path = '/', search = ''] = given.target.split('?');
  return { ...given, path, query: new URLSearchParams(search), text: '', isOversize: false, authorizations: [] };
};
