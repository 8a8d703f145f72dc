const REDACTED = '[redacted]';

/** What a secret looks like, wherever it stands. The service redacts too; what others wrote into its answers is checked once more here. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REDACTED],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [
    /(\w*(?:accountkey|accesskey|accesssignature|password|pwd|secret|access_token|refresh_token|api_?key)\\*["']?\s*[=:]\s*\\*["']?)[^\s;"',&\\]+/gi,
    `$1${REDACTED}`,
  ],
  // Signing secrets of Standard Webhooks.
  [/\bwhsec_[\w+/=-]+/g, REDACTED],
  // Of an address that carries anything in its query, or names a user, the rest may open something.
  [/\b(https?:\/\/)[^\s/@"']+:[^\s/@"']+@/gi, `$1${REDACTED}@`],
  [/([?&](?:sig|code|t|c|s|h|token|key|se|sp|sv|signature)=)[^&\s"'<>]+/gi, `$1${REDACTED}`],
  // Function keys (56 characters and ==) and account keys (88), in either alphabet.
  [/(?<![\w+/-])[\w+/-]{40,}={1,2}(?![\w+/=])/g, REDACTED],
];

/** Properties whose texts are secrets by their name. */
const SECRET_NAME =
  /(password|passwd|secret|token|apikey|api-key|accountkey|accesskey|functionkey|privatekey|connectionstring|authorization|signature|cookie)$/i;

/** A text without what looks like a secret. */
export const redactText = (text: string, secrets: readonly string[] = []): string => {
  const known = secrets
    .filter((secret) => secret.length > 3)
    .reduce((all, secret) => all.replaceAll(secret, REDACTED), text);
  return PATTERNS.reduce((all, [pattern, replacement]) => all.replace(pattern, replacement), known);
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
