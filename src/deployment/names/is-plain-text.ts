/** Control characters, and those that turn the direction of what follows: in a terminal or a script they do what nobody sees. */
const INVISIBLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** Whether a text that others will read holds nothing but what can be seen. */
export const isPlainText = (text: string): boolean => !INVISIBLE.test(text);

export const PLAIN_TEXT_RULE = 'must be one line without control characters';
