import {
  bearerTokenAuthenticationPolicy,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpMethods,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { pipelineOptions } from './arm-clients.ts';
import { azureHostPolicy } from './azure-host-policy.ts';
import { appCredential } from './credential.ts';
import { exchangePolicy, timeoutPolicy } from './exchange.ts';
import { pagePolicy } from './list-pages.ts';
import { readRetryPolicy } from './retry-read.ts';
import { tracingPolicy } from './tracing-policy.ts';
import { transport } from './transport.ts';

/**
 * Sends a request that no SDK client has, with a token of the app for the scope. Who calls it has checked that the URL is Azure's.
 *
 * @returns the answer, whatever its status.
 */
export const sendAuthorized = (
  method: HttpMethods,
  url: string,
  scope: string,
  body?: object,
): Promise<PipelineResponse> => {
  const pipeline = createPipelineFromOptions(pipelineOptions);
  pipeline.addPolicy(pagePolicy);
  pipeline.addPolicy(readRetryPolicy);
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential: appCredential(), scopes: scope }), {
    phase: 'Sign',
  });
  pipeline.addPolicy(azureHostPolicy, { afterPhase: 'Retry' });
  pipeline.addPolicy(timeoutPolicy, { afterPhase: 'Retry' });
  pipeline.addPolicy(tracingPolicy, { afterPhase: 'Retry' });
  pipeline.addPolicy(exchangePolicy, { afterPhase: 'Retry' });
  const request = createPipelineRequest({
    method,
    url,
    ...(body && {
      body: JSON.stringify(body),
      headers: createHttpHeaders({ 'Content-Type': 'application/json', Accept: 'application/json' }),
    }),
  });
  return pipeline.sendRequest(transport(), request);
};
