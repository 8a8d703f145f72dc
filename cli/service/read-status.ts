import { type ApiClient, deploymentPath } from './api-client.ts';
import { type Status, statusSchema } from './status-schema.ts';

/** How a deployment stands, and the service's time of the answer in ms since the epoch. */
export const readStatus = async (
  api: ApiClient,
  id: string,
): Promise<{ readonly status: Status; readonly now: number }> => {
  const answer = await api.send({ path: deploymentPath(id) });
  return { status: api.parse(statusSchema, answer.text), now: answer.serviceTime };
};
