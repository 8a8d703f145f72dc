import type { ApiClient } from './api-client.ts';
import { type Plan, planSchema } from './plan-schema.ts';

/** What a POST of the same body would do, without doing it. */
export const readPlan = (api: ApiClient, body: object, withCommands = false): Promise<Plan> =>
  api.read(planSchema, {
    method: 'POST',
    path: '/plans',
    query: { commands: withCommands ? 'az' : undefined },
    body,
  });
