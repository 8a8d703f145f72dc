import type { JsonObject } from '../../base/json.ts';
import type { HttpError } from '../../http/http-error.ts';

/** An error as a Kubernetes Status object (kubernetes.io, API conventions). */
export const kubernetesStatus = (error: HttpError): JsonObject => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: error.message,
  reason: error.status === 401 ? 'Unauthorized' : error.code,
  code: error.status,
});
