const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
const OPENING: readonly number[] = ['{', '['].map((bracket) => bracket.charCodeAt(0));
const CLOSING: readonly number[] = ['}', ']'].map((bracket) => bracket.charCodeAt(0));

/** Whether a text is JSON that nests deeper than `most` levels. One pass without recursion, so that no text can exhaust the stack. */
export const isDeeperThan = (text: string, most: number): boolean => {
  if (!/^\s{0,64}[[{]/.test(text)) return false;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) inText = !inText;
    else if (inText) at += character === BACKSLASH ? 1 : 0;
    else if (OPENING.includes(character) && ++depth > most) return true;
    else if (CLOSING.includes(character)) depth--;
  }
  return false;
};
