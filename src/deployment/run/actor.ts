import { z } from 'zod';
import { isPlainText } from '../names/text/is-plain-text.ts';

/** Somebody who did something, as Microsoft Entra vouches for it. */
export interface Actor {
  /** The object id in the directory; unlike a name it stays. */
  readonly id: string;
  /** For people to read only: names change. */
  readonly name: string;
  /** `user` or `application`. */
  readonly kind: string;
}

/** An actor as answers show it. */
export const actorSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['user', 'application']),
});

/** An actor as it is stored. */
export const storedActorSchema: z.ZodType<Actor> = z.looseObject({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
});

const MAX_NAME_LENGTH = 128;

/** The first of the names that can be shown; the id when none can. */
export const shownName = (id: string, names: readonly (string | undefined)[]): string =>
  names.find((name) => name !== undefined && name !== '' && isPlainText(name))?.slice(0, MAX_NAME_LENGTH) ?? id;
