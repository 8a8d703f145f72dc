/** Letters, digits and `_`: what `\w` is in a regular expression. NaN, in front of a text, is none. */
const isWord = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f;

const HYPHEN = 0x2d;

/** Where a run of base64url ends that begins at a place. */
const endOfPart = (text: string, start: number): number => {
  let end = start;
  while (isWord(text.charCodeAt(end)) || text.charCodeAt(end) === HYPHEN) end++;
  return end;
};

/**
 * Replaces JSON web tokens: three parts in base64url with dots between, the first of which begins with `{"`. None begins within a word. Every part is read
 * once: where one is no token, nothing that begins in its first part is.
 */
export const replaceTokens = (text: string, replacement: string): string => {
  let result = '';
  let from = 0;
  for (let at = text.indexOf('eyJ'); at >= 0; ) {
    const first = isWord(text.charCodeAt(at - 1)) ? at + 1 : endOfPart(text, at);
    const second = first > at + 3 && text[first] === '.' ? endOfPart(text, first + 1) : 0;
    const isToken = second > first + 1 && text[second] === '.';
    if (isToken) {
      result += text.slice(from, at) + replacement;
      from = endOfPart(text, second + 1);
    }
    at = text.indexOf('eyJ', isToken ? from : first);
  }
  return result + text.slice(from);
};

const LEAST_KEY_LENGTH = 64;

const isBase64 = (code: number): boolean => (isWord(code) && code !== 0x5f) || code === 0x2b || code === 0x2f;

/**
 * Replaces base64 of 48 bytes and more that ends with `=`: account keys and function keys. One begins at the boundary of a word. It is looked for
 * backwards from the `=`, so that the text is read once.
 */
export const replaceKeys = (text: string, replacement: string): string => {
  let result = '';
  let from = 0;
  for (let end = text.indexOf('='); end >= 0; end = text.indexOf('=', end + 1)) {
    let start = end;
    while (start > from && isBase64(text.charCodeAt(start - 1))) start--;
    if (end - start < LEAST_KEY_LENGTH) continue;
    // The first place where `\b` holds.
    while (start < end && isWord(text.charCodeAt(start - 1)) === isWord(text.charCodeAt(start))) start++;
    if (end - start < LEAST_KEY_LENGTH) continue;
    result += text.slice(from, start) + replacement;
    from = text[end + 1] === '=' ? end + 2 : end + 1;
    end = from - 1;
  }
  return result + text.slice(from);
};
