import type { FunctionWorker } from '../../local/functions-host/functions-host.ts';
import { cpuTime } from './timed-worker.ts';

/**
 * Runs an orchestrator's code once for each episode, on what that episode saw, and nothing else: what the SDK costs on any host, with the
 * worker's conversion of payload and result.
 *
 * @returns ms of CPU time; making the payloads is not counted.
 */
export const replayBySdk = async (
  worker: FunctionWorker,
  name: string,
  payloads: Iterable<string>,
): Promise<number> => {
  let total = 0;
  for (const payload of payloads) {
    const before = cpuTime();
    await worker.invoke('orchestrationTrigger', name, { string: payload });
    total += cpuTime() - before;
  }
  return total;
};
