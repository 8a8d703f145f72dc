import { z } from 'zod';
import type { ExpiryView } from '../expiry.ts';
import type { Instance } from '../instance.ts';
import { schemaVersion } from './schema-version.ts';

/** The input of the orchestration that undoes a deployment's run once it expires (instance `e:<id>:<run>`). */
export interface ExpiryRun {
  readonly schemaVersion: number;
  readonly deploymentId: string;
  readonly run: string;
  readonly expiresAt: string;
}

/** The same as any release stored it. */
export const storedExpirySchema: z.ZodType<ExpiryRun> = z.looseObject({
  schemaVersion,
  deploymentId: z.string(),
  run: z.string(),
  expiresAt: z.string(),
});

/** What the event carries by which another POST for the same run sets or removes its expiry. */
export const storedExpiryChangeSchema = z.looseObject({ expiresAt: z.string().nullable() });

const storedExpiryViewSchema: z.ZodType<ExpiryView> = z.looseObject({
  state: z.string(),
  expiresAt: z.string(),
  noticeAt: z.string(),
});

/** How the expiry stands that an instance waits for; one that was only just started has no status yet. */
export const expiryViewOf = ({ customStatus }: Instance): ExpiryView | undefined =>
  storedExpiryViewSchema.safeParse(customStatus).data;
