import type { z } from 'zod';

/** Reads the input of an orchestration. @throws Error when another release stored it in a form that this one cannot read */
export const readStored = <T>(schema: z.ZodType<T>, stored: unknown): T => {
  const { success, data, error } = schema.safeParse(stored);
  if (success) return data;
  throw new Error('Another version of the service recorded this in a form that this one cannot read.', {
    cause: error,
  });
};
