import { replaceAfter } from './replace-after.ts';
import { replaceKeys, replaceTokens } from './replace-runs.ts';

const REDACTED = '[redacted]';

/** How much of a text is read, in UTF-16 code units. Nobody reads a longer error. */
export const MAX_SCANNED = 64 * 1024;

const PEM_BEGIN = /-----BEGIN [A-Z ]*PRIVATE KEY-----/g;
const PEM_REST = /[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/y;
const BEARER = /\bbearer(?=\s)/gi;
const BEARER_TOKEN = /\s+[\w.~+/=-]{16,}/y;
const SECRET_NAME = /\b(?:accountkey|sharedaccesskey|password|client_secret|access_token)/gi;
const SECRET_VALUE = /(["']?\s*[=:]\s*["']?)[^\s;"',&]+/y;
const SECRET_PARAMETER = /[?&](?:sig|code|t|c|s|h|token)=/gi;
const PARAMETER_VALUE = /[^&\s"']+/y;

/**
 * Replaces what looks like a secret: bearer tokens, private keys, account keys, passwords in connection strings, signatures and codes in
 * URLs. A last line of defence for error texts that others wrote; nothing of ours puts a secret into a text.
 *
 * The time grows with the length of the text and with nothing else, whatever others wrote (docs/security.md). Past {@link MAX_SCANNED} a text is cut.
 */
export const redactSecrets = (text: string): string => {
  const withoutPem = replaceAfter(shortened(text), PEM_BEGIN, PEM_REST, () => REDACTED);
  const withoutTokens = replaceTokens(withoutPem, REDACTED);
  const withoutBearers = replaceAfter(withoutTokens, BEARER, BEARER_TOKEN, (lead) => `${lead} ${REDACTED}`);
  const withoutValues = replaceAfter(withoutBearers, SECRET_NAME, SECRET_VALUE, keepLead);
  const withoutParameters = replaceAfter(withoutValues, SECRET_PARAMETER, PARAMETER_VALUE, keepLead);
  return replaceKeys(withoutParameters, REDACTED);
};

const keepLead = (lead: string, kept: string): string => lead + kept + REDACTED;

/** Cut in front of the word at the limit: half a secret no longer looks like one. */
const shortened = (text: string): string => {
  if (text.length <= MAX_SCANNED) return text;
  let end = MAX_SCANNED;
  while (end > 0 && !isSpace(text[end - 1] ?? '')) end--;
  return `${text.slice(0, end)}[${text.length - end} more characters]`;
};

const isSpace = (character: string): boolean => character.trim() === '';
