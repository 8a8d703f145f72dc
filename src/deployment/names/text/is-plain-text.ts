/** Control characters, separators of lines, and what turns the direction of what follows: in a terminal or a script they do what nobody sees. */
const INVISIBLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

/** Whether a text that others will read holds nothing but what can be seen. */
export const isPlainText = (text: string): boolean => !INVISIBLE.test(text);

export const PLAIN_TEXT_RULE = 'must be one line without control characters';
