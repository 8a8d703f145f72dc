import { z } from 'zod';
import { type RecordedError, type StepStatus, stepErrorSchema } from '../driver/step.ts';
import type { Finding } from '../plan/finding.ts';
import type { Deployment } from '../request/resolve-deployment.ts';
import { type Actor, actorSchema } from './actor.ts';
import type { Approval } from './approval.ts';
import type { ChangedBy, Deployed } from './deployed.ts';
import type { Kept } from './kept.ts';

/** How many earlier runs a deployment remembers. */
export const EARLIER_RUNS_KEPT = 10;

/** An earlier run of the same deployment, in short. */
export interface EarlierRun {
  readonly run: string;
  readonly status: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly error?: string | undefined;
  readonly requestedBy?: Actor | undefined;
}

/** An earlier run as answers show it. */
export const earlierRunSchema = z.object({
  run: z.string(),
  status: z.string(),
  startedAt: z.string(),
  endedAt: z.string(),
  error: z.string().optional(),
  requestedBy: actorSchema.optional(),
});

/** The input of the deployment orchestration (instance `d:<id>`); read back by stored-run.ts. */
export interface DeploymentRun {
  readonly schemaVersion: number;
  /** Different for every run, so that its sub-orchestrations never meet those of an earlier one. */
  readonly run: string;
  /** See `deploymentHash`: two starts at the same moment are told apart by run and hash. */
  readonly hash: string;
  readonly deployment: Deployment;
  /** Settings that decide the course of the orchestration; read once, at the start, because orchestrators may not read settings. */
  readonly settings: { readonly imageImportConcurrency: number };
  /** The names of the steps that it began with: a step that a later version adds is not carried out. All of them when absent. */
  readonly steps?: readonly string[] | undefined;
  /** Whether the first step leaves out the preflight. */
  readonly skipPreflight: boolean;
  readonly earlierRuns: readonly EarlierRun[];
  /** What the last run that succeeded left; absent when none has, or it was deleted since. */
  readonly deployed?: Deployed | undefined;
  /** Runs since then that may have changed something and did not succeed, oldest first. */
  readonly changedBy?: readonly ChangedBy[] | undefined;
  /** Deployments with other names than this one, of which earlier runs may have left something. */
  readonly earlier?: readonly Deployment[] | undefined;
  /** When the deployment was created, ISO 8601; absent in its first run, which began then. */
  readonly createdAt?: string | undefined;
  /** The ids of what earlier runs made, since the deployment was last deleted. Absent where that is not known: releases before did not record it. */
  readonly made?: readonly string[] | undefined;
  /** Present when somebody has to approve the run before its first change. */
  readonly approval?: { readonly timeoutHours: number } | undefined;
  /** Who asked for this run; absent where callers are not told apart. */
  readonly requestedBy?: Actor | undefined;
  /** The object id of who first asked for the deployment: to that caller it belongs. */
  readonly owner?: string | undefined;
}

/** Which step stopped a deployment, and why. */
export interface DeploymentError extends RecordedError {
  readonly step: string;
}

/** An error as answers show it. */
export const deploymentErrorSchema = stepErrorSchema.extend({ step: z.string() });

/** The custom status of every orchestration of a deployment: the steps that it drives itself, and the first error. Read back by stored-status.ts. */
export interface OrchestrationStatus {
  /** The deployment's run; absent in a branch. */
  readonly run?: string;
  readonly steps: readonly StepStatus[];
  readonly warnings?: readonly string[];
  /** What the preflight found, when it refused the deployment. */
  readonly findings?: readonly Finding[];
  /** What an undo leaves, and the ids of what goes with the resource group. */
  readonly kept?: readonly Kept[];
  readonly inside?: readonly string[];
  /** Why nothing has begun yet. */
  readonly waiting?: string;
  /** Present once the run has asked for approval. */
  readonly approval?: Approval;
  readonly error?: DeploymentError;
  /** All steps have succeeded; a cancel that is sent from now on may come too late. */
  readonly finishing?: boolean;
  /** The deployment was stopped on request: its instance completes, but not with outputs. */
  readonly cancelled?: boolean;
  readonly cancelledBy?: Actor;
}
