const REDACTED = '[redacted]';

/**
 * Replaces what looks like a secret: bearer tokens, private keys, account keys, passwords in connection strings, signatures and codes in
 * URLs. A last line of defence for error texts that others wrote; nothing of ours puts a secret into a text.
 */
export const redactSecrets = (text: string): string =>
  text
    .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED)
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REDACTED)
    .replace(/\b(bearer)\s+[\w.~+/=-]{16,}/gi, `$1 ${REDACTED}`)
    .replace(
      /\b(accountkey|sharedaccesskey|password|client_secret|access_token)(["']?\s*[=:]\s*["']?)[^\s;"',&]+/gi,
      `$1$2${REDACTED}`,
    )
    .replace(/([?&](?:sig|code|t|c|s|h|token)=)[^&\s"']+/gi, `$1${REDACTED}`)
    .replace(/\b[A-Za-z0-9+/]{64,}={1,2}/g, REDACTED);
