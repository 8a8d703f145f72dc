import { z } from 'zod';
import { isPlainText } from '../names/is-plain-text.ts';

/** Somebody who did something, as Microsoft Entra vouches for it. */
export const actorSchema = z.object({
  /** The object id in the directory; unlike a name it stays. */
  id: z.string(),
  /** For people to read only: names change. */
  name: z.string(),
  kind: z.enum(['user', 'application']),
});

export type Actor = z.infer<typeof actorSchema>;

const MAX_NAME_LENGTH = 128;

/** The first of the names that can be shown; the id when none can. */
export const shownName = (id: string, names: readonly (string | undefined)[]): string =>
  names.find((name) => name !== undefined && name !== '' && isPlainText(name))?.slice(0, MAX_NAME_LENGTH) ?? id;
