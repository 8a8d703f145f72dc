import { type Announced, replaceAfter } from './replace-after.ts';
import { replaceKeys, replaceTokens } from './replace-runs.ts';

const REDACTED = '[redacted]';

/** How much of a text is read, in UTF-16 code units: more than any answer of the service holds. */
const MAX_SCANNED = 1024 * 1024;

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

// The service redacts too; what others wrote into its answers is checked once more here.
const NAMED_SECRET: Announced = {
  lead: /(?:accountkey|accesskey|accesssignature|password|pwd|secret|access_token|refresh_token|api_?key)/gi,
  between: /\\*["']?\s*[=:]\s*\\*["']?/y,
  secret: /[^\s;"',&\\]+/y,
};

/** Of an address that carries anything in its query, or names a user, the rest may open something. */
const USER: Announced = { lead: /\bhttps?:\/\//gi, secret: /[^\s/@"'][^\s/@"':]*:[^\s/@"']+@/y };

const AUTHORIZATION = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;

const PARAMETER = /([?&](?:sig|code|t|c|s|h|token|key|se|sp|sv|signature)=)[^&\s"'<>]+/gi;

/** Signing secrets of Standard Webhooks. */
const SIGNING_SECRET = /\bwhsec_[\w+/=-]+/g;

/** Properties whose texts are secrets by their name. */
const SECRET_NAME =
  /(password|passwd|secret|token|apikey|api-key|accountkey|accesskey|functionkey|privatekey|connectionstring|authorization|signature|cookie)$/i;

/** A text without what looks like a secret. The time grows with the length of the text and with nothing else. */
export const redactText = (text: string, secrets: readonly string[] = []): string => {
  const known = secrets
    .filter((secret) => secret.length > 3)
    .reduce((all, secret) => all.replaceAll(secret, REDACTED), shortened(text));
  const withoutTokens = replaceTokens(known.replace(PRIVATE_KEY, REDACTED), REDACTED);
  const withoutAuthorization = withoutTokens.replace(AUTHORIZATION, `$1 ${REDACTED}`);
  const withoutNamed = replaceAfter(withoutAuthorization, NAMED_SECRET, REDACTED).replace(SIGNING_SECRET, REDACTED);
  const withoutUsers = replaceAfter(withoutNamed, USER, `${REDACTED}@`);
  return replaceKeys(withoutUsers.replace(PARAMETER, `$1${REDACTED}`), REDACTED);
};

/** Cut in front of the word at the limit: half a secret no longer looks like one. */
const shortened = (text: string): string => {
  if (text.length <= MAX_SCANNED) return text;
  let end = MAX_SCANNED;
  while (end > 0 && (text[end - 1] ?? '').trim() !== '') end--;
  return `${text.slice(0, end)}[${text.length - end} more characters]`;
};

/**
 * A JSON value without what looks like a secret, in keys and texts of any depth. A text that holds JSON is searched as well.
 *
 * @param secrets - texts that are known to be secret, such as the key that was sent.
 */
export const redact = (value: unknown, secrets: readonly string[] = []): unknown => {
  if (typeof value === 'string') return redactString(value, secrets);
  if (Array.isArray(value)) return value.map((item) => redact(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      redactText(name, secrets),
      SECRET_NAME.test(name) && typeof item === 'string' ? REDACTED : redact(item, secrets),
    ]),
  );
};

const redactString = (text: string, secrets: readonly string[]): string => {
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.stringify(redact(JSON.parse(text), secrets));
    } catch {
      // No JSON after all.
    }
  }
  return redactText(text, secrets);
};
