import type { HttpRequest } from '@azure/functions';
import { apiRoot } from './api-root.ts';

/**
 * The addresses of a deployment, absolute, under the API's root (api-root.ts).
 *
 * @param approval - whether somebody decides on it.
 */
export const deploymentUrls = (request: HttpRequest, id: string, approval = false) => {
  const status = `${apiRoot(request)}/deployments/${id}`;
  return {
    status,
    result: `${status}/result`,
    outputs: `${status}/outputs`,
    kubeconfig: `${status}/kubeconfig`,
    cancel: `${status}/cancel`,
    ...(approval && { approve: `${status}/approve`, reject: `${status}/reject` }),
  };
};

export type DeploymentUrls = ReturnType<typeof deploymentUrls>;

/** How long a caller should wait before it asks again, in whole seconds. */
export const RETRY_AFTER_SECONDS = 10;

/** The headers of an answer to what goes on after it: where to watch, and when to poll again. */
export const monitorHeaders = (urls: DeploymentUrls): Record<string, string> => ({
  'Operation-Location': urls.status,
  'Retry-After': `${RETRY_AFTER_SECONDS}`,
  'Cache-Control': 'no-store',
});

/** The same, with where the result will be. */
export const acceptedHeaders = (urls: DeploymentUrls): Record<string, string> => ({
  Location: urls.result,
  ...monitorHeaders(urls),
});
