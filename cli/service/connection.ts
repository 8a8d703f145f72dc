import { readFileSync } from 'node:fs';
import { UsageError } from '../../command-line/command-errors.ts';

/** The service, and what opens it. */
export interface Connection {
  /** With the route prefix, without a slash at its end: `https://my-app.azurewebsites.net/api`. */
  readonly base: string;
  readonly key: string | undefined;
  /** An access token of Microsoft Entra, for a service that takes those. */
  readonly token?: string | undefined;
}

const DEFAULT_URL = 'http://localhost:7071/api';

/** Where to find the service. */
export interface ConnectionSource {
  /** `--url`; the environment's AIRFLOW_ON_AKS_URL, then the local host's, when absent. */
  readonly url: string | undefined;
  /** `--key-file`; the environment's AIRFLOW_ON_AKS_KEY when absent. */
  readonly keyFile: string | undefined;
  /** `--token-file`; the environment's AIRFLOW_ON_AKS_TOKEN when absent. */
  readonly tokenFile?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Decides which service is asked with which key or token.
 *
 * @throws UsageError when an address is none, carries a secret, or would carry one in the clear to another machine.
 */
export const openConnection = ({ url, keyFile, tokenFile, environment }: ConnectionSource): Connection => {
  const source = url === undefined ? 'AIRFLOW_ON_AKS_URL' : '--url';
  const base = baseOf(url ?? (environment.AIRFLOW_ON_AKS_URL || DEFAULT_URL), source);
  const find = (what: Secret, file: string | undefined): string | undefined => {
    const found = file === undefined ? environment[what.variable]?.trim() || undefined : readSecret(what.flag, file);
    if (found !== undefined && !/^[\x21-\x7e]+$/.test(found)) {
      throw new UsageError(`${file ?? what.variable} is no ${what.called}: that is one word of printable characters.`);
    }
    if (found !== undefined && base.protocol !== 'https:' && !isLoopback(base.hostname)) {
      throw new UsageError(`The ${what.short} is not sent to ${base.origin} in the clear. Use https.`);
    }
    return found;
  };
  return { base: base.href, key: find(KEY, keyFile), token: find(TOKEN, tokenFile) };
};

interface Secret {
  readonly variable: string;
  readonly flag: string;
  readonly called: string;
  readonly short: string;
}

const KEY: Secret = { variable: 'AIRFLOW_ON_AKS_KEY', flag: '--key-file', called: 'function key', short: 'key' };
const TOKEN: Secret = { variable: 'AIRFLOW_ON_AKS_TOKEN', flag: '--token-file', called: 'token', short: 'token' };

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
  let path = url.pathname;
  while (path.endsWith('/')) path = path.slice(0, -1);
  url.pathname = path.endsWith('/api') ? path : `${path}/api`;
  return url;
};

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

const readSecret = (flag: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UsageError(`${flag} ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
};
