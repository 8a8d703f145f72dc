import type { HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import { currentCloud } from '../azure/settings/cloud.ts';
import { forCaller } from '../callers/needs-consent.ts';
import { deploymentInstanceId } from '../deployment/names/instance-ids.ts';
import { azCommands } from '../status/az-commands.ts';
import { refuseOtherPlace } from './http/checks/refuse-other-place.ts';
import { refuseWhatIsTaken } from './http/checks/refuse-what-is-taken.ts';
import { findPresentTo } from './http/find-present-to.ts';
import type { Call } from './http/handle.ts';
import { keyInQuery, parseQuery } from './http/parse-query.ts';
import { readDeployment } from './http/read-deployment.ts';
import { readPlan } from './http/read-plan.ts';

const querySchema = z.strictObject({ commands: z.literal('az', 'must be az').optional(), ...keyInQuery });

/** `POST /api/plans[?commands=az]`: what a POST of the same body to /api/deployments would do, without doing it. */
export const createPlan = async (call: Call): Promise<HttpResponseInit> => {
  const { request, caller } = call;
  const { commands } = parseQuery(request, querySchema);
  const sent = await readDeployment(request);
  const deployment = forCaller(sent.deployment, caller);
  refuseWhatIsTaken(call, deployment, await findPresentTo(call));
  await refuseOtherPlace(call, deployment, await call.hub.find(deploymentInstanceId(deployment.id)));
  const plan = await readPlan(deployment);
  return {
    headers: { 'Cache-Control': 'no-store' },
    jsonBody: { ...plan, ...(commands === 'az' && { commands: azCommands(deployment, plan, currentCloud()) }) },
  };
};
