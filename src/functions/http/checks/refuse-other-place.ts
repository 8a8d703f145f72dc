import { mayReach } from '../../../callers/may-reach.ts';
import { idsForGroup } from '../../../deployment/names/ids-for-group.ts';
import { deploymentInstanceId, undoInstanceId } from '../../../deployment/names/instance-ids.ts';
import { type Group, isSameGroup, isSamePlace } from '../../../deployment/names/same-group.ts';
import type { Deployment } from '../../../deployment/request/resolve-deployment.ts';
import { recordOf } from '../../../deployment/run/deployment-record.ts';
import type { Instance } from '../../../deployment/run/instance.ts';
import { isDeleted } from '../../../task-hub/find-present.ts';
import { deploymentUrls } from '../deployment-urls.ts';
import type { Call } from '../handle.ts';
import { unreadable } from '../load-deployment.ts';
import { ProblemError } from '../problem.ts';
import { nameTaken } from './refuse-what-is-taken.ts';

/**
 * Ties an id to its place: as long as a deployment is not deleted, no request for another subscription or resource group replaces its record. DELETE
 * would find nothing of the first any more.
 *
 * @param existing - the instance of the id, if there is one.
 * @throws ProblemError 409 when it is the deployment of another place, or of one that cannot be read.
 */
export const refuseOtherPlace = async (
  call: Call,
  deployment: Deployment,
  existing: Instance | undefined,
): Promise<void> => {
  if (!existing || isDeleted(existing, await call.hub.find(undoInstanceId(deployment.id)))) return;
  const record = recordOf(existing);
  if (!mayReach(call.caller, call.needs, record)) throw nameTaken('id', deployment.id);
  const place = record.deployment;
  if (!place) throw unreadable(call, record);
  if (!isSamePlace(place, deployment)) throw idInUse(call, place, deployment, await freeId(call, deployment));
};

/** The first id that a request for this place may take: one that is free, or that of the deployment that is there. */
const freeId = async (call: Call, deployment: Deployment): Promise<string | undefined> => {
  for (const id of idsForGroup(deployment)) {
    const existing = await call.hub.find(deploymentInstanceId(id));
    if (!existing || isDeleted(existing, await call.hub.find(undoInstanceId(id)))) return id;
    const record = recordOf(existing);
    const isHere = record.deployment !== undefined && isSamePlace(record.deployment, deployment);
    if (isHere && mayReach(call.caller, call.needs, record)) return id;
  }
  return undefined;
};

const idInUse = (call: Call, place: Deployment, { id, ...wanted }: Deployment, free: string | undefined) => {
  const { subscriptionId, resourceGroupName } = place;
  const other = free === undefined ? 'another `id`' : `\`id\`: "${free}"`;
  const remedy = isSameGroup(place, wanted)
    ? `Azure takes both names for the same group: send \`resourceGroupName\` as "${resourceGroupName}", or ${other} for a deployment of its own.`
    : `Send ${other}, or delete that deployment first.`;
  return new ProblemError(
    409,
    'id-in-use',
    'The id belongs to a deployment in another place',
    `The deployment "${id}" is in ${describe(place)}; this request is for ${describe(wanted)}. Nothing was started. ${remedy}`,
    {
      extensions: {
        id,
        urls: deploymentUrls(call.request, id),
        errors: [{ field: 'id', message: `is that of the deployment in ${describe(place)}` }],
        place: { subscriptionId, resourceGroupName },
        ...(free !== undefined && { suggestedId: free }),
      },
    },
  );
};

const describe = ({ subscriptionId, resourceGroupName }: Group): string =>
  `the resource group ${resourceGroupName} of the subscription ${subscriptionId}`;
