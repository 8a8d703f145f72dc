/** A text of at most `length` UTF-16 code units; an ellipsis stands for what is cut off. */
export const cutText = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;
