const DEPLOYMENT_PREFIX = 'd:';

/** All deployments' instance ids begin so, and no others': a list by prefix finds deployments only. */
export const deploymentInstancePrefix = DEPLOYMENT_PREFIX;

export const deploymentInstanceId = (id: string): string => `${DEPLOYMENT_PREFIX}${id}`;

const UNDO_PREFIX = 'u:';

export const undoInstancePrefix = UNDO_PREFIX;

export const undoInstanceId = (id: string): string => `${UNDO_PREFIX}${id}`;

/** The deployment's id in an instance id; undefined for another kind of instance. */
export const deploymentIdOf = (instanceId: string): string | undefined =>
  instanceId.startsWith(DEPLOYMENT_PREFIX) ? instanceId.slice(DEPLOYMENT_PREFIX.length) : undefined;

const CALLBACK_PREFIX = 'c:';

export const callbackInstancePrefix = CALLBACK_PREFIX;

/** What notifies a caller of how one run goes. */
export const callbackInstanceId = (id: string, run: string): string => `${CALLBACK_PREFIX}${id}:${run}`;

/** The deployment and the run that a callback's instance id names; undefined for another kind of instance. */
export const callbackIdentityOf = (instanceId: string): RunIdentity | undefined =>
  runIdentityOf(instanceId, CALLBACK_PREFIX);

const EXPIRY_PREFIX = 'e:';

export const expiryInstancePrefix = EXPIRY_PREFIX;

/** What has one run of a deployment undone once it expires. */
export const expiryInstanceId = (id: string, run: string): string => `${EXPIRY_PREFIX}${id}:${run}`;

/** The deployment and the run that an expiry's instance id names; undefined for another kind of instance. */
export const expiryIdentityOf = (instanceId: string): RunIdentity | undefined =>
  runIdentityOf(instanceId, EXPIRY_PREFIX);

const FOLLOW_PREFIX = 'f:';

export const followInstancePrefix = FOLLOW_PREFIX;

/** What follows the operations that Azure continues after a run was cancelled. One that deletes the deployment after them is apart from one that does not. */
export const followInstanceId = (id: string, run: string, andDelete: boolean): string =>
  `${FOLLOW_PREFIX}${id}:${run}${andDelete ? ':delete' : ''}`;

/** The deployment and the run that such an instance id names; undefined for another kind of instance. */
export const followIdentityOf = (instanceId: string): RunIdentity | undefined =>
  runIdentityOf(instanceId, FOLLOW_PREFIX);

const DRIFT_PREFIX = 'r:';

export const driftInstancePrefix = DRIFT_PREFIX;

/** What keeps the last report on a deployment's drift. */
export const driftInstanceId = (id: string): string => `${DRIFT_PREFIX}${id}`;

/** The deployment's id in the instance id of its drift report; undefined for another kind of instance. */
export const driftIdOf = (instanceId: string): string | undefined =>
  instanceId.startsWith(DRIFT_PREFIX) ? instanceId.slice(DRIFT_PREFIX.length) : undefined;

/** What checks all deployments for drift: one at a time. */
export const DRIFT_CHECK_INSTANCE_ID = 'drift-check';

const BRANCH_PREFIX = 's:';

export const branchInstancePrefix = BRANCH_PREFIX;

/** The run is part of the id because reusing a child's instance id would leave the new parent waiting for ever. */
export const branchInstanceId = (id: string, run: string, branch: string): string =>
  `${BRANCH_PREFIX}${id}:${run}:${branch}`;

/** The deployment and the run that a branch's instance id names; undefined for another kind of instance. */
export const branchIdentityOf = (instanceId: string): RunIdentity | undefined =>
  runIdentityOf(instanceId, BRANCH_PREFIX);

/** The deployment, and where the id names it the run, that any instance of ours belongs to. */
export const identityOfInstance = (
  instanceId: string,
): { readonly id: string; readonly run?: string | undefined } | undefined => {
  const ofRun = [BRANCH_PREFIX, CALLBACK_PREFIX, EXPIRY_PREFIX, FOLLOW_PREFIX].map((prefix) =>
    runIdentityOf(instanceId, prefix),
  );
  const found = ofRun.find((identity) => identity !== undefined);
  if (found) return found;
  const prefix = [DEPLOYMENT_PREFIX, UNDO_PREFIX, DRIFT_PREFIX].find((each) => instanceId.startsWith(each));
  return prefix === undefined ? undefined : { id: instanceId.slice(prefix.length) };
};

interface RunIdentity {
  readonly id: string;
  readonly run: string;
}

const runIdentityOf = (instanceId: string, prefix: string): RunIdentity | undefined => {
  if (!instanceId.startsWith(prefix)) return undefined;
  const [id, run] = instanceId.slice(prefix.length).split(':');
  return id !== undefined && run !== undefined ? { id, run } : undefined;
};

/** The registered name of a branch's orchestrator, e.g. `clusterBranch`: instances and traces then say what they are about. */
export const branchOrchestratorName = (branch: string): string =>
  `${branch.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Branch`;
