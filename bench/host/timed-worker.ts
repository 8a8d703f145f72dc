import type { FunctionWorker } from '../../local/functions-host/functions-host.ts';

/** A worker that adds up what orchestrator functions take. */
export interface TimedWorker extends FunctionWorker {
  /** CPU time of all of them so far, ms; true while one instance runs at a time. */
  readonly orchestratorMs: number;
}

/** Orchestrator functions wait for nothing, so what the process does meanwhile is theirs. */
export const timedWorker = (worker: FunctionWorker): TimedWorker => {
  let total = 0;
  return {
    get orchestratorMs() {
      return total;
    },
    names: (type) => worker.names(type),
    invoke: async (type, ...call) => {
      if (type !== 'orchestrationTrigger') return await worker.invoke(type, ...call);
      const before = cpuTime();
      try {
        return await worker.invoke(type, ...call);
      } finally {
        total += cpuTime() - before;
      }
    },
  };
};

/** CPU time of this process so far, all threads, ms. Unlike time by the clock it does not grow when others use the machine. */
export const cpuTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
