import { HttpError } from './http-error.ts';

/** The segments of a path, decoded; doubled slashes count as one, which Resource Manager tolerates. */
export const segmentsOf = (path: string): string[] => path.split('/').filter(Boolean).map(decode);

/** @throws HttpError 400 for escapes that stand for nothing, or for a character that cannot be in a name. Code: from memory, unverified. */
export const checkPath = (path: string): void => {
  for (const segment of path.split('/')) {
    const decoded = decode(segment);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is searched for.
    const isInvalid = /[/\\\x00-\x1f]/.test(decoded) || (decoded === segment && segment.includes('%'));
    if (isInvalid) {
      throw new HttpError(400, 'BadRequest', `The request URL is invalid: '${segment}'.`, { shape: 'standard' });
    }
  }
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};
