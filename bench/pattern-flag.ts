import * as z from 'zod';

const isPattern = (text: string): boolean => {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
};

/** A regular expression, in whatever case. */
export const patternFlag = z
  .string()
  .refine(isPattern, { error: 'must be a regular expression' })
  .transform((text) => new RegExp(text, 'i'));
