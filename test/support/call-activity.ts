import { InvocationContext } from '@azure/functions';
import type { StepCallData } from '../../src/deployment/driver/activity-result.ts';
import type { LocatedDeployment, StepCore } from '../../src/steps/step.ts';
import type { Activity } from '../../src/task-hub/activity.ts';
import { SUBSCRIPTION } from './a-deployment.ts';
import { aLocatedDeployment } from './a-located-deployment.ts';

const NAMES = {
  id: 'air',
  identityName: 'idair',
  keyVaultName: 'kvair',
  registryName: 'regair',
  storageAccountName: 'stair',
  clusterName: 'aks',
  tags: { team: 'data' },
  // The tutorial's.
  images: undefined,
};

/** A deployment whose names say what they name: the vault's is `kvair`. */
export const deploymentAir = (body: object = {}): LocatedDeployment => aLocatedDeployment({ ...NAMES, ...body });

/**
 * The input of a step's only node, as the driver makes it.
 *
 * @param values - what the steps before gave, by their names.
 */
export const stepInput = (
  step: StepCore,
  deployment: LocatedDeployment,
  values: Readonly<Record<string, unknown>> = {},
): object => {
  const [node] = step.nodes(deployment);
  return Object(node?.inputFor(deployment, new Map(Object.entries(values))));
};

/** The context of an activity whose log nobody reads. */
export const silentContext = (): InvocationContext => new InvocationContext({ logHandler: () => {} });

/** Calls a step's activity once, as the driver does at the beginning of a run whose end waits for this step. */
export const callActivity = (
  activity: Activity,
  input: object,
  call: Partial<StepCallData> = {},
  context: InvocationContext = silentContext(),
): Promise<unknown> => activity({ critical: true, runningSeconds: 0, retries: {}, ...call, input }, context);

/** The tags of a resource that the deployment has created. */
export const OWN_TAGS = { team: 'data', 'airflow-on-aks-deployment': 'air' };

/** The headers of an answer that says where the operation's progress can be read. */
export const operationHeaders = (name: string): Readonly<Record<string, string>> => ({
  'azure-asyncoperation': operationUrl(name),
});

export const operationUrl = (name: string): string =>
  `https://management.azure.com/subscriptions/${SUBSCRIPTION}/operations/${name}`;
