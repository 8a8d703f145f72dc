import { join } from 'node:path';
import { type Engine, openEngine } from '../functions-host/engine/engine.ts';
import type { OpenTaskHubSettings } from '../functions-host/functions-host.ts';
import type { FunctionWorker } from '../functions-host/worker/function-worker.ts';

/** Opens the host's task hub: a database file named after it in the data folder, or one in memory. */
export const openTaskHub = (
  worker: FunctionWorker,
  { clock, dataDirectory, durableTask, log }: OpenTaskHubSettings,
): Engine =>
  openEngine({
    worker,
    clock,
    store: dataDirectory === ':memory:' ? ':memory:' : join(dataDirectory, `${durableTask.hubName}.sqlite`),
    hubName: durableTask.hubName,
    settings: durableTask,
    log,
  });
