import type { HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import { deployedResponse, unchangedRun, type WhatExists } from '../deployment/run/deployed.ts';
import { statusWithUndo } from '../deployment/run/deployment-status.ts';
import { toShellExports } from '../status/outputs.ts';
import { findUndo } from '../task-hub/find-undo.ts';
import { findWhatExists } from '../task-hub/find-what-exists.ts';
import { deploymentUrls, RUN_HEADER } from './http/deployment-urls.ts';
import type { Call } from './http/handle.ts';
import { type LoadedRecord, loadRecord } from './http/load-deployment.ts';
import { keyInQuery, parseQuery } from './http/parse-query.ts';
import { ProblemError } from './http/problem.ts';

const querySchema = z.strictObject({
  format: z.enum(['json', 'env'], 'must be json or env').default('json'),
  ...keyInQuery,
});

/** `GET /api/deployments/{id}/outputs?format=json|env`: the values that the tutorial exports, under its names, of the last run that succeeded. */
export const getOutputs = async (call: Call): Promise<HttpResponseInit> => {
  const { request, hub } = call;
  const { format } = parseQuery(request, querySchema);
  const loaded = await loadRecord(call);
  const exists = await findWhatExists(hub, loaded);
  const run = unchangedRun(exists);
  const outputs = exists.deployed?.outputs;
  if (run === undefined || !outputs) throw await noOutputs(call, loaded, exists);
  const headers = { 'Cache-Control': 'no-store', [RUN_HEADER]: run };
  if (format === 'json') return { headers, jsonBody: outputs };
  return { headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }, body: toShellExports(outputs) };
};

const noOutputs = async ({ request, hub }: Call, loaded: LoadedRecord, exists: WhatExists): Promise<ProblemError> => {
  const { id } = loaded.record;
  const urls = deploymentUrls(request, id);
  const deployed = deployedResponse(exists);
  if (deployed?.changedBy) {
    const changes = deployed.changedBy.map(({ run, steps }) => `run ${run} (${steps.join(', ')})`).join('; ');
    return new ProblemError(
      409,
      'outputs-outdated',
      'The outputs are out of date',
      `The outputs of the deployment "${id}" are of its run ${deployed.run}. Since then this may have changed what exists, and did not succeed: ${changes}. Send a POST that succeeds; its outputs are then here.`,
      { extensions: { id, urls, deployed } },
    );
  }
  const status = statusWithUndo(loaded.instance, await findUndo(hub, loaded));
  return new ProblemError(
    409,
    'no-outputs',
    'The deployment has no outputs',
    `The deployment "${id}" is ${status}; outputs are there once it has succeeded. Its progress is at ${urls.status}`,
    { extensions: { id, urls } },
  );
};
