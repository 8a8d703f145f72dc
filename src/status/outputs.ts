import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { allSteps } from '../steps/all-steps.ts';
import type { LocatedDeployment, StepCore, Values } from '../steps/step.ts';

/** The deployment's outputs: every variable that the tutorial exports, under its name, and four that its next part asks for. */
export type Outputs = Readonly<Record<string, string>>;

/** The storage key is left out on purpose: it is in the vault only. */
export const outputsOf = (
  deployment: LocatedDeployment,
  values: Values,
  steps: readonly StepCore[] = allSteps,
): Outputs => ({
  ...Object.fromEntries(steps.flatMap((step) => Object.entries(step.outputs(deployment, values)))),
  ...ofTheNextPart(deployment),
  TENANT_ID: deployment.tenantId,
  SUBSCRIPTION_ID: deployment.subscriptionId,
});

const ofTheNextPart = ({ airflowNamespace, airflowClusterName }: Deployment): Outputs => ({
  AKS_AIRFLOW_NAMESPACE: airflowNamespace,
  AKS_AIRFLOW_CLUSTER_NAME: airflowClusterName,
});

/** The outputs as lines that a POSIX shell can evaluate: `export NAME='value'`, a quote in a value written as `'\''`. */
export const toShellExports = (outputs: Outputs): string =>
  Object.entries(outputs)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join('');
