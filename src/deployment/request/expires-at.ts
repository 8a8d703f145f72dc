import { z } from 'zod';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Shorter a deployment could expire before it has ended. */
const SHORTEST_MS = HOUR_MS;
/** The history of one that lives longer would grow without need. */
const LONGEST_MS = 365 * DAY_MS;

/** A duration of ISO 8601 without years and months, whose length varies: P2W, P7D, PT8H, P1DT12H. */
const durationPattern = /^P(?=\d|T\d)(?:(\d{1,3})W|(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,6})M)?)?)$/;

const instantSchema = z.iso.datetime({ offset: true });

/** When a deployment expires, as a request says it: ms since the epoch, or ms after the request. */
type Wanted = { readonly kind: 'instant' | 'duration'; readonly ms: number };

const wantedOf = (text: string): Wanted | undefined => {
  if (instantSchema.safeParse(text).success) return { kind: 'instant', ms: Date.parse(text) };
  const match = durationPattern.exec(text);
  if (!match) return undefined;
  const [weeks, days, hours, minutes] = match.slice(1).map((part) => Number(part ?? 0));
  const ms = (weeks ?? 0) * 7 * DAY_MS + (days ?? 0) * DAY_MS + (hours ?? 0) * HOUR_MS + (minutes ?? 0) * MINUTE_MS;
  return { kind: 'duration', ms };
};

const TOO_SOON = 'must be at least an hour after the request';
const TOO_LATE = 'must be at most 365 days after the request';

const boundsError = (ms: number): string | undefined => {
  if (ms < SHORTEST_MS) return TOO_SOON;
  return ms > LONGEST_MS ? TOO_LATE : undefined;
};

/** `expiresAt` of a request. Whether an instant is near enough and far enough depends on the time: see {@link expiryError}. */
export const expiresAtSchema = z
  .string()
  .refine(
    (text) => wantedOf(text) !== undefined,
    'must be an instant or a duration of ISO 8601 in weeks, days, hours and minutes, such as 2026-12-24T18:00:00Z, P7D or PT8H',
  )
  .refine(
    (text) => {
      const wanted = wantedOf(text);
      return wanted?.kind !== 'duration' || boundsError(wanted.ms) === undefined;
    },
    { error: ({ input }) => boundsError(wantedOf(String(input))?.ms ?? 0) },
  )
  .meta({
    title: 'Expires at',
    pattern: '^(?:P[0-9T].*|[0-9]{4}-.*)$',
    description:
      'When the deployment is undone: an instant (2026-12-24T18:00:00Z) or a duration after the request (P7D, PT8H), an hour to 365 days ahead.',
  });

/** What is wrong with a request's `expiresAt` at a given time; undefined when nothing is. */
export const expiryError = (text: string, now: number): string | undefined => {
  const wanted = wantedOf(text);
  return wanted && boundsError(wanted.kind === 'instant' ? wanted.ms - now : wanted.ms);
};

/** Returns the instant that `expiresAt` means for a request sent at `now`, in ms since the epoch. */
export const expiryInstant = (text: string, now: number): number => {
  const wanted = wantedOf(text) ?? { kind: 'duration', ms: LONGEST_MS };
  return wanted.kind === 'instant' ? wanted.ms : now + wanted.ms;
};
