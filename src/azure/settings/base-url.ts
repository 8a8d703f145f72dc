import { z } from 'zod';

const RULE =
  'must be an address such as https://apim.contoso.com/airflow: https (http on loopback only), without user, query or fragment';

/** The address under which callers reach the service, without a slash at its end. */
export const baseUrlSchema = z.string().transform((text, context) => {
  const url = URL.parse(text);
  if (url && isPlain(url) && isSafe(url)) return withoutTrailingSlashes(url.href);
  context.issues.push({ code: 'custom', input: text, message: RULE });
  return z.NEVER;
});

const withoutTrailingSlashes = (text: string): string => {
  let end = text.length;
  while (text[end - 1] === '/') end--;
  return text.slice(0, end);
};

const isPlain = ({ username, password, href }: URL): boolean =>
  username === '' && password === '' && !/[?#]/.test(href);

const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' ||
  (protocol === 'http:' && (hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)));
