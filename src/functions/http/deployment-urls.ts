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

/** How a run, or its undo, may end as somebody asked. */
export const expectedEnds = ['Succeeded', 'Cancelled', 'Deleted'] as const;

export type ExpectedEnd = (typeof expectedEnds)[number];

/** The address that answers 202 until the end, 200 when it is the expected one, and 422 otherwise. */
export const resultUrl = ({ result }: Pick<DeploymentUrls, 'result'>, end: ExpectedEnd): string =>
  end === 'Succeeded' ? result : `${result}?expect=${end}`;

/** The headers of an answer to what goes on after it: where to watch, and when to poll again. */
export const monitorHeaders = (urls: DeploymentUrls): Record<string, string> => ({
  'Operation-Location': urls.status,
  'Retry-After': `${RETRY_AFTER_SECONDS}`,
  'Cache-Control': 'no-store',
});

/** The headers of a 202: the same, with where the result will be. */
export const acceptedHeaders = (urls: DeploymentUrls, end: ExpectedEnd = 'Succeeded'): Record<string, string> => ({
  Location: resultUrl(urls, end),
  ...monitorHeaders(urls),
});

/** Says which run an answer is of whose body has no room for it: outputs and kubeconfig. */
export const RUN_HEADER = 'Deployment-Run';
