import type { HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import { hasEnded } from '../deployment/run/deployment-status.ts';
import type { DeploymentResponse } from '../status/deployment-response.ts';
import { deploymentUrls, RETRY_AFTER_SECONDS } from './http/deployment-urls.ts';
import { entityTag, fingerprintOf, namesFingerprint, namesTag } from './http/entity-tag.ts';
import type { Call } from './http/handle.ts';
import { loadRecord, responseOf } from './http/load-deployment.ts';
import { keyInQuery, parseQuery } from './http/parse-query.ts';
import { SharedReads } from './http/shared-reads.ts';

const WAIT_RULE = 'must be a whole number of seconds from 1 to 30';

const querySchema = z.strictObject({
  /** Below what a load balancer in front of the app may cut: 230 s in Azure, 60 s with many others. */
  wait: z
    .string()
    .regex(/^([1-9]|[12]\d|30)$/, WAIT_RULE)
    .transform(Number)
    .optional(),
  ...keyInQuery,
});

const reads = new SharedReads<DeploymentResponse>();

/**
 * `GET /api/deployments/{id}[?wait=SECONDS]`: the status monitor, 200 as long as the deployment is known. With `wait` the answer is held until it
 * differs from If-None-Match, or without one against the moment of the request; 304 when what If-None-Match names is still so.
 *
 * A caller that hangs up is not noticed before the end of its wait: the Node worker is not notified (azure-functions-nodejs-library#273, open).
 */
export const getDeployment = async (call: Call): Promise<HttpResponseInit> => {
  const { request, hub } = call;
  const { wait } = parseQuery(request, querySchema);
  const read = async (): Promise<DeploymentResponse> => responseOf(hub, await loadRecord(call));
  const first = await read();
  const view = wait === undefined ? first : await waitForChange(call, first, read, wait);
  const body = JSON.stringify({ ...view, urls: deploymentUrls(request, view.id, view.approval !== undefined) });
  const tag = entityTag(view, body);
  const headers = {
    ETag: tag,
    'Cache-Control': 'no-store',
    // Whoever waits here need not wait there too.
    ...(wait === undefined && !hasEnded(view.status) && { 'Retry-After': `${RETRY_AFTER_SECONDS}` }),
  };
  const known = request.headers.get('if-none-match');
  if (known !== null && namesTag(known, tag)) return { status: 304, headers };
  return { headers: { ...headers, 'Content-Type': 'application/json' }, body };
};

const waitForChange = async (
  { request, hub, caller }: Call,
  first: DeploymentResponse,
  read: () => Promise<DeploymentResponse>,
  seconds: number,
): Promise<DeploymentResponse> => {
  const known = request.headers.get('if-none-match');
  // Nothing more will happen by itself, and this caller does not say that it knows.
  if (known === null && hasEnded(first.status)) return first;
  const fingerprint = fingerprintOf(first);
  const isKnown = known === null ? (now: string) => now === fingerprint : (now: string) => namesFingerprint(known, now);
  // Those who may see it now need not be those who may then.
  const key = `${hub.address}${first.id} ${caller?.id ?? ''}`;
  return reads.waitUntil(key, { first, read, isGood: (view) => !isKnown(fingerprintOf(view)), seconds });
};
