import { z } from 'zod';
import { canonicalJson } from '../names/text/canonical-json.ts';
import type { Deployment } from '../request/resolve-deployment.ts';

/** What exists of a deployment: how the last run that succeeded left it. Later runs inherit it until the deployment is deleted. */
export interface Deployed {
  readonly run: string;
  /** ISO 8601. */
  readonly endedAt: string;
  readonly deployment: Deployment;
  /** Without secrets, as all outputs; undefined when they cannot be read. */
  readonly outputs?: Readonly<Record<string, string>> | undefined;
}

/** A later run that may have changed something and did not succeed: since then the outputs may not describe what exists. */
export interface ChangedBy {
  readonly run: string;
  /** Those that may have changed something; those of an undo are called `delete:<resource>`. */
  readonly steps: readonly string[];
}

/** What a run knows of the runs before it; also what the next one inherits. */
export interface WhatExists {
  readonly deployed?: Deployed | undefined;
  /** Since `deployed`, oldest first. */
  readonly changedBy: readonly ChangedBy[];
  /** Deployments with other names, of which earlier runs may have left something. */
  readonly earlier: readonly Deployment[];
}

/** The run whose outputs and checks for drift describe what exists; undefined when none do. */
export const unchangedRun = ({ deployed, changedBy }: WhatExists): string | undefined =>
  changedBy.length === 0 ? deployed?.run : undefined;

/** The same as answers show it. */
export const deployedSchema = z.object({
  run: z.string().meta({ description: 'The last run that succeeded.' }),
  endedAt: z.string().meta({ description: 'When it ended.' }),
  changedBy: z
    .array(z.object({ run: z.string(), steps: z.array(z.string()) }))
    .optional()
    .meta({ description: 'Later runs that may have changed something and did not succeed, and which of their steps.' }),
});

/** What exists, in short. */
export interface DeployedResponse {
  readonly run: string;
  readonly endedAt: string;
  readonly changedBy?: readonly ChangedBy[];
}

/** What exists as answers show it; undefined when no run has succeeded, or it was deleted since. */
export const deployedResponse = ({ deployed, changedBy }: WhatExists): DeployedResponse | undefined =>
  deployed && {
    run: deployed.run,
    endedAt: deployed.endedAt,
    ...(changedBy.length > 0 && { changedBy }),
  };

/** Whether two deployments are about the same resources, whatever they want of them. */
export const namesTheSame = (a: Deployment, b: Deployment): boolean => namesKey(a) === namesKey(b);

const namesKey = ({
  subscriptionId,
  resourceGroupName,
  location,
  identityName,
  keyVaultName,
  registryName,
  storageAccountName,
  clusterName,
  existing = {},
}: Deployment): string =>
  canonicalJson({
    subscriptionId,
    resourceGroupName,
    location,
    identityName,
    keyVaultName,
    registryName,
    storageAccountName,
    clusterName,
    existing,
  });
