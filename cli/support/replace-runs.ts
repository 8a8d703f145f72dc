/** Letters, digits and `_`: what `\w` is in a regular expression. NaN, around a text, is none. */
const isWord = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f;

const HYPHEN = 0x2d;

/** Where a run of base64url ends that begins at a place. */
const endOfPart = (text: string, start: number): number => {
  let end = start;
  while (isWord(text.charCodeAt(end)) || text.charCodeAt(end) === HYPHEN) end++;
  return end;
};

/** Replaces JSON web tokens. The service has the same in `src/deployment/names/text/replace-runs.ts`; the two programs share no code. */
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

const LEAST_KEY_LENGTH = 40;

const isKeyCharacter = (code: number): boolean => isWord(code) || code === 0x2b || code === 0x2f || code === HYPHEN;

/** Replaces function keys (56 characters and ==) and account keys (88), in either alphabet, where nothing else of the alphabet is around them. */
export const replaceKeys = (text: string, replacement: string): string => {
  let result = '';
  let from = 0;
  for (let end = text.indexOf('='); end >= 0; end = text.indexOf('=', end + 1)) {
    let start = end;
    while (start > from && isKeyCharacter(text.charCodeAt(start - 1))) start--;
    let after = end;
    while (text[after] === '=') after++;
    const next = text.charCodeAt(after);
    const isKey = end - start >= LEAST_KEY_LENGTH && after - end <= 2 && !(isKeyCharacter(next) && next !== HYPHEN);
    if (isKey) {
      result += text.slice(from, start) + replacement;
      from = after;
    }
    end = after - 1;
  }
  return result + text.slice(from);
};
