import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { z } from 'zod';
import { MAX_CLUSTER_ANSWER_BYTES } from './bounds.ts';
import { AzureOperationError } from './failures/azure-failure.ts';
import type { ClusterAccess } from './kubeconfig.ts';
import { currentCloud } from './settings/cloud.ts';
import { transport } from './transport.ts';

const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Asks a cluster's API server, with the credentials of its kubeconfig.
 *
 * @throws Error when the server is not one of Azure's: no credential goes there.
 * @throws AzureOperationError when it answers an error.
 */
export const getFromCluster = async <T>(access: ClusterAccess, path: string, schema: z.ZodType<T>): Promise<T> => {
  const url = new URL(path, access.server);
  const { clusterSuffix } = currentCloud();
  if (url.protocol !== 'https:' || !url.hostname.endsWith(clusterSuffix)) {
    throw new Error(`The cluster's API server ${url.host} is not one of Azure's: it is not asked.`);
  }
  const { clientCertificate: cert, clientKey: key, token } = access;
  const request = createPipelineRequest({
    url: url.href,
    timeout: REQUEST_TIMEOUT_MS,
    headers: createHttpHeaders({ Accept: 'application/json', ...(token && { Authorization: `Bearer ${token}` }) }),
  });
  // Not among the options: createPipelineRequest of @azure/core-rest-pipeline 1.25 leaves these out.
  request.tlsSettings = { ca: access.certificateAuthority, ...(cert && key && { cert, key }) };
  const { status, bodyAsText } = await transport(MAX_CLUSTER_ANSWER_BYTES).sendRequest(request);
  if (status !== 200) {
    throw new AzureOperationError({
      code: status === 401 || status === 403 ? 'ClusterAccessDenied' : 'ClusterNotReady',
      message: `The cluster's API server answered HTTP ${status} for ${path}.`,
      status,
    });
  }
  return schema.parse(JSON.parse(bodyAsText ?? ''));
};
