import { sshModulus } from '../ssh-modulus.ts';

/** What the service makes up, by its form. An image's digest has 64 digits and is none of them. */
const MADE_UP: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g, '<instant>'],
  [/\b[0-9a-f]{32}\b/g, "<a secret's version>"],
  [/\b[0-9a-f]{24}\b/g, "<a cluster's UID>"],
  [/(?<=-)[0-9a-f]{8}(?=\.)/g, "<end of a cluster's DNS name>"],
  [/"0x[0-9A-F]{15}"/g, '"<ETag>"'],
];

/** RFC 4253 §6.6. */
const RSA_KEY = /ssh-rsa ([A-Za-z0-9+/]{200,}={0,2})/g;

/** Replaces instants, texts that the service makes up, and RSA keys, of which the size is kept. */
export const replaceGenerated = (text: string): string =>
  MADE_UP.reduce(
    (result, [pattern, stand]) => result.replace(pattern, stand),
    text.replace(RSA_KEY, (_, key: string) => `ssh-rsa <${bitsOf(sshModulus(key)) ?? 'some'} bits>`),
  );

const bitsOf = (hex: string | undefined): number | undefined =>
  hex === undefined ? undefined : BigInt(`0x${hex}`).toString(2).length;
