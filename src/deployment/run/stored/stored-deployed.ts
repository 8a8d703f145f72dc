import { z } from 'zod';
import type { ChangedBy, Deployed } from '../deployed.ts';
import { storedDeploymentSchema } from './stored-deployment.ts';
import { ifReadable, readableOf, textsSchema } from './tolerant.ts';

const storedDeployedSchema: z.ZodType<Deployed> = z.looseObject({
  run: z.string(),
  endedAt: z.string(),
  deployment: storedDeploymentSchema,
  outputs: ifReadable(textsSchema),
});

const storedChangedBySchema: z.ZodType<ChangedBy> = z.looseObject({
  run: z.string(),
  steps: readableOf(z.string()).default([]),
});

/** What a run knows of those before it, as any release stored it; 0.2.0 and before stored nothing of it. */
export const whatExistsFields = {
  deployed: ifReadable(storedDeployedSchema),
  changedBy: ifReadable(readableOf(storedChangedBySchema)),
  earlier: ifReadable(readableOf(storedDeploymentSchema)),
  /** When the deployment was created, ISO 8601; absent in its first run. */
  createdAt: ifReadable(z.iso.datetime()),
};
