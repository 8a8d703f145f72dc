/** The service has the same in `src/deployment/names/replace-runs.ts`; the two programs share no code. */
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

const LEAST_KEY_LENGTH = 40;

/** Replaces function keys (56 characters and ==) and account keys (88), in either alphabet, where nothing else of the alphabet is around them. */
export const replaceKeys = (text: string, replacement: string): string =>
  text.replace(/[\w+/-]+=*/g, (found, offset: number) => {
    const length = found.indexOf('=');
    const isKey =
      length >= LEAST_KEY_LENGTH && found.length - length <= 2 && !/[\w+/]/.test(text[offset + found.length] ?? '');
    return isKey ? replacement : found;
  });
