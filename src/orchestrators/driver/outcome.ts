import type { DeploymentError } from '../../deployment/run/deployment-run.ts';

/** How a step, a branch or a deployment ended. Nothing below the deployment itself throws: branches inside `Task.all` may not fail. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: DeploymentError };
