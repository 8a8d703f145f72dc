import type { HostRequestHead, HostResponse } from './host-message.ts';

/** Who may call a host that asks for no key, beside this machine itself. */
export interface KnownCallers {
  /** Names in a request's `Host`, without port, in lower case. */
  readonly hosts: readonly string[];
  /** Pages' origins; `*` for all. */
  readonly origins: readonly string[];
}

/**
 * Refuses what a web page that somebody has open sends to this machine in their browser: under a name that its owner made point here (DNS
 * rebinding), or with an origin of its own, which a browser sends along with every form and cross-origin POST. Core Tools answers both.
 *
 * @returns the refusal; undefined for a request from this machine or one that is known.
 */
export const refuseForeignCaller = (
  request: HostRequestHead,
  { hosts, origins }: KnownCallers,
): HostResponse | undefined => {
  const { hostname } = request.url;
  if (!isLoopback(hostname) && !hosts.includes(hostname)) {
    return refusal(
      `${hostname} is not a name of this machine. Start the host with --allow-host ${hostname}, or with --auth.`,
    );
  }
  const origin = request.headers.get('origin');
  if (
    origin === undefined ||
    origins.includes('*') ||
    origins.some((known) => known.toLowerCase() === origin.toLowerCase())
  )
    return undefined;
  const page = URL.canParse(origin) ? new URL(origin).hostname : '';
  if (isLoopback(page) || hosts.includes(page)) return undefined;
  return refusal(
    `${origin} may not call it. Name it in local.settings.json (Host.CORS), or start the host with --auth.`,
  );
};

/** As `URL` writes host names: lower case, IPv6 in brackets, IPv4 with four numbers. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);

const refusal = (reason: string): HostResponse => ({
  status: 403,
  headers: [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['X-Content-Type-Options', 'nosniff'],
  ],
  body: `This host asks for no key, so it answers its own machine only: ${reason}\n`,
});
