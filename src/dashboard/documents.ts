import type { DeploymentStatus } from '../deployment/run/deployment-status.ts';
import type { DeploymentResponse } from '../status/deployment-response.ts';

/** An item of `GET /api/deployments`. */
export interface ListedDeployment {
  readonly id: string;
  readonly status: DeploymentStatus;
  readonly createdAt: string;
  readonly startedAt: string;
  readonly lastUpdatedAt: string;
  readonly correlationId?: string;
  readonly resourceGroupName?: string;
  readonly location?: string;
  readonly run?: string;
  readonly deployed?: DeploymentResponse['deployed'];
}

/** `GET /api/deployments`. */
export interface DeploymentList {
  readonly deployments: readonly ListedDeployment[];
  readonly nextLink?: string;
}

/** `GET /api/deployments/{id}`. */
export type DeploymentDocument = DeploymentResponse;

export type Approval = NonNullable<DeploymentResponse['approval']>;
export type Callback = NonNullable<DeploymentResponse['callback']>;

/** Every status once: the compiler sees to it. Nothing but types may be imported from the rest of the app, since the browser is served this folder only. */
const everyStatus: Readonly<Record<DeploymentStatus, true>> = {
  Pending: true,
  AwaitingApproval: true,
  Running: true,
  Succeeded: true,
  Failed: true,
  Cancelled: true,
  Deleting: true,
  Deleted: true,
};

export const deploymentStatuses = Object.keys(everyStatus);
