import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { currentCloud } from '../azure/cloud.ts';
import { azCommands } from '../deployment/az-commands.ts';
import type { Call } from './handle.ts';
import { ProblemError } from './problem.ts';
import { readDeployment } from './read-deployment.ts';
import { readPlan } from './read-plan.ts';

/** `POST /api/plans[?commands=az]`: what a POST of the same body to /api/deployments would do, without doing it. */
export const createPlan = async ({ request }: Call): Promise<HttpResponseInit> => {
  const withCommands = readQuery(request);
  const { deployment } = await readDeployment(request);
  const plan = await readPlan(deployment);
  return {
    headers: { 'Cache-Control': 'no-store' },
    jsonBody: { ...plan, ...(withCommands && { commands: azCommands(deployment, plan, currentCloud()) }) },
  };
};

const readQuery = (request: HttpRequest): boolean => {
  const commands = request.query.get('commands');
  if (commands === null || commands === 'az') return commands === 'az';
  throw new ProblemError(400, 'invalid-request', 'The request breaks a rule', 'commands must be az.', {
    extensions: { errors: [{ field: 'commands', message: 'must be az' }] },
  });
};
