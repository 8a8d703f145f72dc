const REDACTED = '[redacted]';

/**
 * What the service and the command line looked for as one regular expression each, which took quadratic time. Their successors have to find the same.
 */
const SERVICE: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REDACTED],
  [/\b(bearer)\s+[\w.~+/=-]{16,}/gi, `$1 ${REDACTED}`],
  [
    /\b(accountkey|sharedaccesskey|password|client_secret|access_token)(["']?\s*[=:]\s*["']?)[^\s;"',&]+/gi,
    `$1$2${REDACTED}`,
  ],
  [/([?&](?:sig|code|t|c|s|h|token)=)[^&\s"']+/gi, `$1${REDACTED}`],
  [/\b[A-Za-z0-9+/]{64,}={1,2}/g, REDACTED],
];

const COMMAND_LINE: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REDACTED],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [
    /(\w*(?:accountkey|accesskey|accesssignature|password|pwd|secret|access_token|refresh_token|api_?key)\\*["']?\s*[=:]\s*\\*["']?)[^\s;"',&\\]+/gi,
    `$1${REDACTED}`,
  ],
  [/\bwhsec_[\w+/=-]+/g, REDACTED],
  [/\b(https?:\/\/)[^\s/@"']+:[^\s/@"']+@/gi, `$1${REDACTED}@`],
  [/([?&](?:sig|code|t|c|s|h|token|key|se|sp|sv|signature)=)[^&\s"'<>]+/gi, `$1${REDACTED}`],
  [/(?<![\w+/-])[\w+/-]{40,}={1,2}(?![\w+/=])/g, REDACTED],
];

const apply = (patterns: typeof SERVICE, text: string): string =>
  patterns.reduce((all, [pattern, replacement]) => all.replace(pattern, replacement), text);

export const serviceAsPatterns = (text: string): string => apply(SERVICE, text);
export const commandLineAsPatterns = (text: string): string => apply(COMMAND_LINE, text);
