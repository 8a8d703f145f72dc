import { AsyncLocalStorage } from 'node:async_hooks';
import type { TraceContext } from './trace-context.ts';

const storage = new AsyncLocalStorage<TraceContext | undefined>();

/**
 * The span that is under way, as .NET's `Activity.Current`: what the host sends to the worker with an invocation (azure-functions-host
 * `WorkerFunctionInvoker.cs`: `Traceparent = Activity.Current?.Id`).
 */
export const currentTrace = {
  get: (): TraceContext | undefined => storage.getStore(),
  run: <T>(trace: TraceContext | undefined, action: () => T): T => storage.run(trace, action),
};
