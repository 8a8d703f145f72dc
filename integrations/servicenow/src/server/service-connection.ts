import { ConnectionInfoProvider } from '@servicenow/glide/sn_cc';
import { readProperty } from './read-property.ts';

/** How the service is reached. */
export interface ServiceConnection {
  /** With `/api` at the end, and no slash after it. */
  readonly baseUrl: string;
  readonly functionKey: string;
}

/** A function key must not travel in the clear; an instance of ServiceNow has no service on its own loopback address, a trial has. */
const PROTECTED = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])/i;

/**
 * The connection and credential behind the app's alias.
 *
 * @throws Error that names what is to be set up, without any value of it.
 */
export const serviceConnection = (): ServiceConnection => {
  const alias = 'the connection alias "Airflow on AKS"';
  const connection = new ConnectionInfoProvider().getConnectionInfo(readProperty('connection_alias'));
  let url = connection?.getAttribute('connection_url') ?? '';
  while (url.endsWith('/')) url = url.slice(0, -1);
  if (!connection || url === '') throw new Error(`Set up ${alias}: it has no active connection with a URL.`);
  if (!PROTECTED.test(`${url}/`)) throw new Error(`The connection URL of ${alias} must begin with https://.`);
  return {
    baseUrl: url.endsWith('/api') ? url : `${url}/api`,
    functionKey: connection.getCredentialAttribute('api_key') ?? '',
  };
};
