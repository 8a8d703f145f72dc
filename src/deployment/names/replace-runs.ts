/**
 * Replaces JSON web tokens: three parts in base64url with dots between, the first of which begins with `{"`. A token begins with its run of letters or
 * behind a hyphen. The text is read once.
 */
export const replaceTokens = (text: string, replacement: string): string =>
  text.includes('eyJ') ? text.replace(/[\w.-]+/g, (run) => tokensReplaced(run.split('.'), replacement)) : text;

const tokensReplaced = (parts: readonly string[], replacement: string): string => {
  const kept: string[] = [];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? '';
    const start = /(?:^|-)eyJ[\w-]/.exec(part);
    if (start && parts[index + 1] && parts[index + 2] !== undefined) {
      kept.push(part.slice(0, part.indexOf('eyJ', start.index)) + replacement);
      index += 2;
    } else kept.push(part);
  }
  return kept.join('.');
};

/** What `\b` is in a regular expression. */
const isBoundary = (before: string, after: string): boolean => /\w/.test(before) !== /\w/.test(after);

const LEAST_KEY_LENGTH = 64;

/** Replaces base64 of 48 bytes and more that ends with `=`: account keys and function keys. The text is read once. */
export const replaceKeys = (text: string, replacement: string): string =>
  text.replace(/[A-Za-z0-9+/]+={0,2}/g, (found, offset: number) => {
    const length = found.includes('=') ? found.indexOf('=') : 0;
    if (length < LEAST_KEY_LENGTH) return found;
    let start = 0;
    while (start <= length - LEAST_KEY_LENGTH && !isBoundary(text[offset + start - 1] ?? '', found[start] ?? ''))
      start++;
    return start <= length - LEAST_KEY_LENGTH ? found.slice(0, start) + replacement : found;
  });
