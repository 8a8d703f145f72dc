import { z } from 'zod';
import { expiryInstant } from '../request/expires-at.ts';

const HOUR_MS = 60 * 60 * 1000;
/** The notice comes a day before, or after three quarters of the time of a deployment that lives shortly. */
const NOTICE_MS = 24 * HOUR_MS;
const NOTICE_SHARE = 0.25;

/** When a deployment expires, and when notice of it is given: ms since the epoch. */
export interface Expiry {
  readonly expiresAt: number;
  readonly noticeAt: number;
}

/** @param now - when it was asked for. */
export const expiryFrom = (text: string, now: number): Expiry => {
  const expiresAt = expiryInstant(text, now);
  const noticeAt = expiresAt - Math.min(NOTICE_MS, Math.max(0, expiresAt - now) * NOTICE_SHARE);
  return { expiresAt, noticeAt: Math.floor(noticeAt) };
};

/** A service that was down when the notice was due gives it late: then the deployment lives a little longer, an hour at most. */
export const noticedAt = ({ expiresAt, noticeAt }: Expiry, now: number): Expiry => ({
  noticeAt,
  expiresAt: Math.max(expiresAt, now + Math.min(HOUR_MS, expiresAt - noticeAt)),
});

/** The external event that another POST for the same run raises: when it expires now, null for never. */
export const EXPIRY_EVENT = 'expiresAt';

/** `Over` when it does not expire any more: asked so, cancelled, deleted, or another run took its place. */
export const expiryStates = ['Scheduled', 'Expiring', 'Expired', 'Over'] as const;

/** How the expiry of a run stands, as answers show it; instants are ISO 8601. */
export const expiryViewSchema = z.object({
  state: z.enum(expiryStates),
  expiresAt: z.string(),
  noticeAt: z.string(),
});

export type ExpiryState = (typeof expiryStates)[number];

/** The same as it is kept in a custom status; read back by stored-expiry.ts. */
export interface ExpiryView extends Omit<z.infer<typeof expiryViewSchema>, 'state'> {
  /** An {@link ExpiryState}, unless another release knows more. */
  readonly state: string;
}

export const expiryView = ({ expiresAt, noticeAt }: Expiry, state: ExpiryState): ExpiryView => ({
  state,
  expiresAt: new Date(expiresAt).toISOString(),
  noticeAt: new Date(noticeAt).toISOString(),
});
