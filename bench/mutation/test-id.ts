/** Returns the id by which Stryker knows a test: its file, and vitest's id, which depends on its place in the file. */
export const testId = (file: string, id: string): string => `${file}#${id}`;

/** Splits what {@link testId} has put together. */
export const splitTestId = (text: string): { readonly file: string; readonly id: string } => {
  const at = text.lastIndexOf('#');
  return { file: text.slice(0, at), id: text.slice(at + 1) };
};
