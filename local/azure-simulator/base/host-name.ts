/** A Host header without its port, lower-case. */
export const hostName = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

export const isLoopback = (name: string): boolean =>
  ['localhost', '[::1]', '::1'].includes(name) || /^127(\.\d+){3}$/.test(name);
