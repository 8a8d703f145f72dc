import type { DeploymentRecord } from '../deployment/run/deployment-record.ts';

const WHAT = 'Recorded by another version of the service: this one cannot read all of it.';

/** What is said of a deployment whose record cannot be read, and what to do. */
export const unreadableReason = ({ id, deployment }: Pick<DeploymentRecord, 'id' | 'deployment'>): string =>
  deployment
    ? `${WHAT} DELETE removes what carries the tag airflow-on-aks-deployment=${id}; to see or change more, deploy the version that recorded it.`
    : `${WHAT} Its subscription and resource group are unknown, so DELETE is refused. Deploy the version that recorded it, or see docs/upgrading.md#records-that-cannot-be-read.`;
