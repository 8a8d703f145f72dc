import { z } from 'zod';
import { storedActorSchema } from '../actor.ts';
import type { DeploymentRun, EarlierRun } from '../deployment-run.ts';
import { schemaVersion } from './schema-version.ts';
import { whatExistsFields } from './stored-deployed.ts';
import { storedDeploymentSchema } from './stored-deployment.ts';
import { ifReadable, readableOf } from './tolerant.ts';

export const storedEarlierRunSchema: z.ZodType<EarlierRun> = z.looseObject({
  run: z.string(),
  status: z.string(),
  startedAt: z.string(),
  endedAt: z.string(),
  error: z.string().optional(),
  requestedBy: ifReadable(storedActorSchema),
});

/** The same as the service's settings have them by default. */
const IMAGE_IMPORT_CONCURRENCY = 6;
const TIMEOUT_HOURS = 24;

/** Settings that decide the course of a run. */
export const runSettingsSchema: z.ZodType<DeploymentRun['settings']> = z
  .looseObject({ imageImportConcurrency: z.number().default(IMAGE_IMPORT_CONCURRENCY) })
  .prefault({});

/** The input of the deployment orchestration (instance `d:<id>`) as any release stored it. */
export const storedRunSchema: z.ZodType<DeploymentRun> = z.looseObject({
  schemaVersion,
  run: z.string(),
  /** Without one the run is like no request. */
  hash: z.string().default(''),
  deployment: storedDeploymentSchema,
  settings: runSettingsSchema,
  steps: ifReadable(z.array(z.string())),
  skipPreflight: z.boolean().default(false),
  earlierRuns: readableOf(storedEarlierRunSchema).default([]),
  ...whatExistsFields,
  made: ifReadable(z.array(z.string())),
  approval: z.looseObject({ timeoutHours: z.number().default(TIMEOUT_HOURS) }).optional(),
  requestedBy: ifReadable(storedActorSchema),
  owner: z.string().optional(),
});
