import type { HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import { outputsOfInstance } from '../deployment/run/outputs-of-instance.ts';
import { toShellExports } from '../status/outputs.ts';
import { deploymentUrls } from './http/deployment-urls.ts';
import type { Call } from './http/handle.ts';
import { loadRecord, responseOf } from './http/load-deployment.ts';
import { keyInQuery, parseQuery } from './http/parse-query.ts';
import { ProblemError } from './http/problem.ts';

const querySchema = z.strictObject({
  format: z.enum(['json', 'env'], 'must be json or env').default('json'),
  ...keyInQuery,
});

/** `GET /api/deployments/{id}/outputs?format=json|env`: the values that the tutorial exports, under its names. */
export const getOutputs = async (call: Call): Promise<HttpResponseInit> => {
  const { request, hub } = call;
  const { format } = parseQuery(request, querySchema);
  const loaded = await loadRecord(call);
  const { id, status } = await responseOf(hub, loaded);
  const outputs = status === 'Succeeded' ? outputsOfInstance(loaded.instance) : undefined;
  if (!outputs) {
    const urls = deploymentUrls(request, id);
    throw new ProblemError(
      409,
      'no-outputs',
      'The deployment has no outputs',
      `The deployment "${id}" is ${status}; outputs are there once it has succeeded. Its progress is at ${urls.status}`,
      { extensions: { id, urls } },
    );
  }
  const headers = { 'Cache-Control': 'no-store' };
  if (format === 'json') return { headers, jsonBody: outputs };
  return { headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }, body: toShellExports(outputs) };
};
