import { readFileSync } from 'node:fs';
import { UsageError } from '../command-line/command-errors.ts';

/** The service, and what opens it. */
export interface Connection {
  /** With the route prefix, without a slash at its end: `https://my-app.azurewebsites.net/api`. */
  readonly base: string;
  readonly key: string | undefined;
}

const DEFAULT_URL = 'http://localhost:7071/api';

/** Where to find the service. */
export interface ConnectionSource {
  /** `--url`; the environment's AIRFLOW_ON_AKS_URL, then the local host's, when absent. */
  readonly url: string | undefined;
  /** `--key-file`; the environment's AIRFLOW_ON_AKS_KEY when absent. */
  readonly keyFile: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Decides which service is asked with which key.
 *
 * @throws UsageError when an address is none, carries a secret, or would carry the key in the clear to another machine.
 */
export const openConnection = ({ url, keyFile, environment }: ConnectionSource): Connection => {
  const source = url === undefined ? 'AIRFLOW_ON_AKS_URL' : '--url';
  const base = baseOf(url ?? (environment.AIRFLOW_ON_AKS_URL || DEFAULT_URL), source);
  const key = keyFile === undefined ? environment.AIRFLOW_ON_AKS_KEY?.trim() || undefined : readKey(keyFile);
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) {
    throw new UsageError(
      `${keyFile === undefined ? 'AIRFLOW_ON_AKS_KEY' : keyFile} is no function key: a key is one word of printable characters.`,
    );
  }
  if (key !== undefined && base.protocol !== 'https:' && !isLoopback(base.hostname)) {
    throw new UsageError(`The key is not sent to ${base.origin} in the clear. Use https.`);
  }
  return { base: base.href, key };
};

const baseOf = (text: string, source: string): URL => {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new UsageError(`${source} must be an address such as https://my-app.azurewebsites.net.`);
  }
  if (url.search !== '' || url.username !== '' || url.password !== '' || url.hash !== '') {
    throw new UsageError(
      `${source} must be an address alone. A key belongs into AIRFLOW_ON_AKS_KEY, or into a file that --key-file names.`,
    );
  }
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/api') ? path : `${path}/api`;
  return url;
};

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

const readKey = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UsageError(
      `--key-file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
};
