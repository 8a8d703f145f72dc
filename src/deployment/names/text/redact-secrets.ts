import { replaceAfter } from './replace-after.ts';
import { replaceKeys, replaceTokens } from './replace-runs.ts';

const REDACTED = '[redacted]';

/** How much of a text is read, in UTF-16 code units. Nobody reads a longer error. */
export const MAX_SCANNED = 64 * 1024;

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const BEARER = /\b(bearer)\s+[\w.~+/=-]{16,}/gi;
const NAMED_SECRET = {
  lead: /\b(?:accountkey|sharedaccesskey|password|client_secret|access_token)/gi,
  between: /["']?\s*[=:]\s*["']?/y,
  secret: /[^\s;"',&]+/y,
};
const PARAMETER = /([?&](?:sig|code|t|c|s|h|token)=)[^&\s"']+/gi;

/**
 * Replaces what looks like a secret: bearer tokens, private keys, account keys, passwords in connection strings, signatures and codes in
 * URLs. A last line of defence for error texts that others wrote; nothing of ours puts a secret into a text.
 *
 * The time grows with the length of the text and with nothing else, whatever others wrote (docs/security.md). Past {@link MAX_SCANNED} a text is cut.
 */
export const redactSecrets = (text: string): string => {
  const withoutTokens = replaceTokens(shortened(text).replace(PRIVATE_KEY, REDACTED), REDACTED);
  const withoutBearers = withoutTokens.replace(BEARER, `$1 ${REDACTED}`);
  const withoutNamed = replaceAfter(withoutBearers, NAMED_SECRET, REDACTED);
  return replaceKeys(withoutNamed.replace(PARAMETER, `$1${REDACTED}`), REDACTED);
};

/** Cut in front of the word at the limit: half a secret no longer looks like one. */
const shortened = (text: string): string => {
  if (text.length <= MAX_SCANNED) return text;
  let end = MAX_SCANNED;
  while (end > 0 && !isSpace(text[end - 1] ?? '')) end--;
  return `${text.slice(0, end)}[${text.length - end} more characters]`;
};

const isSpace = (character: string): boolean => character.trim() === '';
