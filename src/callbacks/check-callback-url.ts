import { simulatorUrl } from '../azure/simulator.ts';

export interface UrlRules {
  /** See `CALLBACK_ALLOWED_HOSTS`. */
  readonly allowedHosts: readonly string[];
  /** Whether http to this machine may be allowed: only beside the Azure simulator. */
  readonly localTrial: boolean;
}

/** Whether this is a trial on one machine, with the Azure simulator in place of Azure. */
export const isLocalTrial = (): boolean => simulatorUrl() !== undefined;

const LOOPBACK_HOSTS = ['127.0.0.1', '[::1]', 'localhost'];

/** Whether a URL is one for local trials: http to this machine. */
export const isLoopbackUrl = ({ protocol, hostname }: URL): boolean =>
  protocol === 'http:' && LOOPBACK_HOSTS.includes(hostname);

/**
 * What speaks against sending callbacks to a URL, before its host name is resolved; undefined when nothing does. The text holds nothing of the URL.
 */
export const refusalOfUrl = (url: URL, { allowedHosts, localTrial }: UrlRules): string | undefined => {
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (isLoopbackUrl(url) && localTrial) {
    const literal = `${url.hostname}:${url.port || '80'}`;
    return allowedHosts.includes(literal)
      ? undefined
      : 'is of this machine: the setting CALLBACK_ALLOWED_HOSTS must name it, with its port';
  }
  if (url.protocol !== 'https:') return 'must be an https URL';
  if (allowedHosts.some((pattern) => matches(url, pattern))) return undefined;
  return 'is at a host that this service does not call; the setting CALLBACK_ALLOWED_HOSTS lists those that it does';
};

/** `*.example.com` is every host below example.com, not itself; a pattern without a port means 443, which a URL leaves out. */
const matches = ({ hostname, port }: URL, pattern: string): boolean => {
  const [, wildcard, host = '', patternPort = '443'] = /^(\*)?(\[.*\]|[^:]*)(?::(\d+))?$/.exec(pattern) ?? [];
  if ((port || '443') !== patternPort) return false;
  return wildcard ? hostname.endsWith(host) && hostname.length > host.length : hostname === host;
};
