import type { HttpResponseInit } from '@azure/functions';
import { outputsOfInstance } from '../deployment/deployment-view.ts';
import { toShellExports } from '../deployment/outputs.ts';
import { deploymentUrls } from './deployment-urls.ts';
import type { Call } from './handle.ts';
import { loadDeployment, viewOf } from './load-deployment.ts';
import { ProblemError } from './problem.ts';

/** `GET /api/deployments/{id}/outputs?format=json|env`: the values that the tutorial exports, under its names. */
export const getOutputs = async (call: Call): Promise<HttpResponseInit> => {
  const { request, client } = call;
  const format = request.query.get('format') ?? 'json';
  if (format !== 'json' && format !== 'env') {
    throw new ProblemError(400, 'invalid-request', 'The request breaks a rule', 'format must be json or env.', {
      extensions: { errors: [{ field: 'format', message: 'must be json or env' }] },
    });
  }
  const loaded = await loadDeployment(call);
  const { id, status } = await viewOf(client, loaded);
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
