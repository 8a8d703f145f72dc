import type { Engine } from '../local/functions-host/engine/engine.ts';
import type { InstanceState } from '../local/functions-host/engine/task-hub.ts';
import type { FunctionsHost } from '../local/functions-host/functions-host.ts';
import { postDeployment } from '../local/world/deployment-client.ts';

const ENDED = ['Completed', 'Failed', 'Canceled', 'Terminated'] as const;

/**
 * Posts a deployment and waits for its instance's end.
 *
 * @param deadlineSeconds - of real time.
 * @throws when it has not ended by then.
 */
export const runDeployment = async (
  host: FunctionsHost<Engine>,
  body: object,
  deadlineSeconds: number,
): Promise<{ readonly id: string; readonly instance: InstanceState }> => {
  const { id } = await postDeployment(host.url, body);
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = (): void => reject(new Error(`Deployment ${id} did not end within ${deadlineSeconds} seconds.`));
    timeout = setTimeout(fail, deadlineSeconds * 1000);
  });
  try {
    return { id, instance: await Promise.race([host.hub.waitFor(`d:${id}`, ENDED), late]) };
  } finally {
    clearTimeout(timeout);
  }
};
