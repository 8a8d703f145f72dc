import type { HttpResponseInit } from '@azure/functions';
import { deploymentStatus, outputsOfInstance } from '../deployment/deployment-view.ts';
import { toShellExports } from '../deployment/outputs.ts';
import { deploymentUrls } from './deployment-urls.ts';
import type { Call } from './handle.ts';
import { loadDeployment } from './load-deployment.ts';
import { ProblemError } from './problem.ts';

/** `GET /api/deployments/{id}/outputs?format=json|env`: the values that the tutorial exports, under its names. */
export const getOutputs = async ({ request, client }: Call): Promise<HttpResponseInit> => {
  const format = request.query.get('format') ?? 'json';
  if (format !== 'json' && format !== 'env') {
    throw new ProblemError(400, 'invalid-request', 'The request breaks a rule', 'format must be json or env.', {
      extensions: { errors: [{ field: 'format', message: 'must be json or env' }] },
    });
  }
  const { run, instance } = await loadDeployment(request, client);
  const outputs = outputsOfInstance(instance);
  if (!outputs) {
    const { id } = run.deployment;
    const urls = deploymentUrls(request, id);
    throw new ProblemError(
      409,
      'no-outputs',
      'The deployment has no outputs',
      `The deployment "${id}" is ${deploymentStatus(instance)}; outputs are there once it has succeeded. Its progress is at ${urls.status}`,
      { extensions: { id, urls } },
    );
  }
  const headers = { 'Cache-Control': 'no-store' };
  if (format === 'json') return { headers, jsonBody: outputs };
  return { headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }, body: toShellExports(outputs) };
};
