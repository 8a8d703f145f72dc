import { HttpRequest, type HttpResponseInit } from '@azure/functions';
import type { Operation } from '../../bench/races/race-world.ts';
import { cancelDeployment } from '../../src/functions/cancel-deployment.ts';
import { createDeployment } from '../../src/functions/create-deployment.ts';
import { decideDeployment } from '../../src/functions/decide-deployment.ts';
import { deleteDeployment } from '../../src/functions/delete-deployment.ts';
import { type Call, handle } from '../../src/functions/http/handle.ts';
import type { TaskHub } from '../../src/task-hub/task-hub.ts';
import { invocation } from '../support/invocation.ts';
import type { TestWorld } from '../support/world.ts';

const handlers: Readonly<Record<Operation, (call: Call) => Promise<HttpResponseInit>>> = {
  'post /deployments': createDeployment,
  'delete /deployments/{id}': deleteDeployment,
  'post /deployments/{id}/cancel': cancelDeployment,
  'post /deployments/{id}/approve': decideDeployment('approve'),
  'post /deployments/{id}/reject': decideDeployment('reject'),
};

/** A request of a race. */
export interface Sent {
  readonly operation: Operation;
  readonly query?: string;
  readonly body?: object;
}

/** Has a route answer a request with a task hub of the test's. @returns the answer's status and its problem, if it is one. */
export const send = async (
  world: TestWorld,
  id: string,
  { operation, query = '', body = {} }: Sent,
  hub: TaskHub,
): Promise<{ readonly status: number; readonly text: string }> => {
  const [method = '', path = ''] = operation.split(' ');
  const request = new HttpRequest({
    method: method.toUpperCase(),
    url: `${world.host.url}/api${path.replace('{id}', id)}${query}`,
    params: { id },
    ...(method === 'post' && {
      body: { string: JSON.stringify(body) },
      headers: { 'content-type': 'application/json' },
    }),
  });
  const route = handle(handlers[operation], { guard: async () => undefined, access: ['Deployments.Deploy'] });
  const answer = await route(request, hub, invocation(world));
  return { status: answer.status ?? 200, text: JSON.stringify(answer.jsonBody ?? answer.body) };
};
