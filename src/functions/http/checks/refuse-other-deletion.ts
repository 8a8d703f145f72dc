import type { DeploymentRecord } from '../../../deployment/run/deployment-record.ts';
import { undoneRunOf } from '../../../deployment/run/deployment-status.ts';
import type { Instance } from '../../../deployment/run/instance.ts';
import { purgesOf } from '../../../deployment/run/stored/stored-undo.ts';
import { deploymentUrls } from '../deployment-urls.ts';
import type { Call } from '../handle.ts';
import { ProblemError } from '../problem.ts';

/**
 * Of two deletions of the same moment one was first: it answers for both when it does what both ask for.
 *
 * @param undo - the deletion that the platform kept.
 * @throws ProblemError 409 when it deletes another run, or purges where this request does not, or the other way round.
 */
export const refuseOtherDeletion = (
  { request }: Call,
  { id, runId }: Pick<DeploymentRecord, 'id' | 'runId'>,
  undo: Instance,
  purge: boolean,
): void => {
  const undone = undoneRunOf(undo);
  const isOtherRun = undone !== undefined && undone !== runId;
  const purges = purgesOf(undo);
  if (!isOtherRun && (purges === undefined || purges === purge)) return;
  const urls = deploymentUrls(request, id);
  const how = isOtherRun
    ? `its run ${undone} is being deleted, and the run ${runId} waits for the end of that`
    : `it is being deleted ${purges ? 'with' : 'without'} purge=true`;
  throw new ProblemError(
    409,
    'deployment-deleting',
    'The deployment is being deleted',
    `The deployment "${id}" is being deleted otherwise than you ask: ${how}. Wait for its end and send the request again.`,
    { extensions: { id, urls }, headers: { 'Operation-Location': urls.status } },
  );
};
