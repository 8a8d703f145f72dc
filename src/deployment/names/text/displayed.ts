/**
 * What would do something else in a terminal or a log than be read: control characters (C0 and C1, but for tab and line feed), line and paragraph
 * separators, and what turns the direction of the text around it.
 */
const UNSEEN = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

/** A text as it may be shown to people: what is not seen is written out, as `\u{202e}`. */
export const displayed = (text: string): string => {
  if (!UNSEEN.test(text)) return text;
  let result = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!isUnseen(code)) continue;
    result += `${text.slice(from, at)}\\u{${code.toString(16)}}`;
    from = at + 1;
  }
  return result + text.slice(from);
};

/** The same as {@link UNSEEN} for one character, in numbers: a hostile text holds many. */
const isUnseen = (code: number): boolean => {
  if (code < 0xa0) return (code < 0x20 && code !== 0x09 && code !== 0x0a) || code >= 0x7f;
  if (code < 0x2000) return code === 0x61c;
  if (code > 0x2069) return code === 0xfeff;
  return code === 0x200e || code === 0x200f || (code >= 0x2028 && code <= 0x202e) || code >= 0x2066;
};
