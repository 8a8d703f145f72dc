import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { azCommands } from '../deployment/az-commands.ts';
import type { Call } from './handle.ts';
import { ProblemError } from './problem.ts';
import { readDeployment } from './read-deployment.ts';
import { readPlan } from './read-plan.ts';
import { refuseWhatIsTaken } from './refuse-what-is-taken.ts';

/** `POST /api/plans[?commands=az]`: what a POST of the same body to /api/deployments would do, without doing it. */
export const createPlan = async (call: Call): Promise<HttpResponseInit> => {
  const { request } = call;
  const withCommands = readQuery(request);
  const { deployment } = await readDeployment(request);
  await refuseWhatIsTaken(call, deployment);
  const plan = await readPlan(deployment);
  return {
    headers: { 'Cache-Control': 'no-store' },
    jsonBody: { ...plan, ...(withCommands && { commands: azCommands(deployment, plan) }) },
  };
};

const readQuery = (request: HttpRequest): boolean => {
  const commands = request.query.get('commands');
  if (commands === null || commands === 'az') return commands === 'az';
  throw new ProblemError(400, 'invalid-request', 'The request breaks a rule', 'commands must be az.', {
    extensions: { errors: [{ field: 'commands', message: 'must be az' }] },
  });
};
