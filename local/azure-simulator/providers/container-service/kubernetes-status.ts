import type { ArmError } from '../../arm/arm-error.ts';
import type { JsonObject } from '../../json.ts';

/** An error as a Kubernetes Status object (kubernetes.io, API conventions). */
export const kubernetesStatus = (error: ArmError): JsonObject => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: error.message,
  reason: error.status === 401 ? 'Unauthorized' : error.code,
  code: error.status,
});
