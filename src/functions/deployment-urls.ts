import type { HttpRequest } from '@azure/functions';

/** The addresses of a deployment, absolute, under the origin and route prefix that the caller used. */
export const deploymentUrls = (request: HttpRequest, id: string) => {
  const { origin, pathname } = new URL(request.url);
  const prefix = pathname.slice(0, pathname.toLowerCase().indexOf('/deployments'));
  const status = `${origin}${prefix}/deployments/${id}`;
  return {
    status,
    result: `${status}/result`,
    outputs: `${status}/outputs`,
    kubeconfig: `${status}/kubeconfig`,
    cancel: `${status}/cancel`,
  };
};

/** How long a caller should wait before it asks again, in whole seconds. */
export const RETRY_AFTER_SECONDS = 10;

/** The headers of every 202: where the result will be, where the progress is, and when to ask again. */
export const acceptedHeaders = (urls: ReturnType<typeof deploymentUrls>): Record<string, string> => ({
  Location: urls.result,
  'Operation-Location': urls.status,
  'Retry-After': `${RETRY_AFTER_SECONDS}`,
});
