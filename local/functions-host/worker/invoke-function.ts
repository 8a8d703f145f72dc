import { currentTrace } from '../tracing/current-trace.ts';
import { formatTraceparent, nextSpan } from '../tracing/trace-context.ts';
import type { AppRegistry, RegisteredFunction } from './app-registry.ts';
import type { CoreInvocationContext, RpcInvocationRequest, RpcInvocationResponse } from './core-types.ts';
import { currentApp } from './current-app.ts';
import type { Log } from './log.ts';
import { toError, WorkerError } from './worker-errors.ts';

/** What an invocation is called with. */
export interface Invocation {
  readonly invocationId: string;
  readonly inputData: RpcInvocationRequest['inputData'];
  readonly triggerMetadata: RpcInvocationRequest['triggerMetadata'];
}

/**
 * One invocation with its hooks, in the order of azure-functions-nodejs-worker `InvocationHandler.ts`.
 *
 * @throws the error of a hook, of the function, or of the conversion of its result; always an `Error`.
 */
export const invokeFunction = async (
  app: AppRegistry,
  target: RegisteredFunction,
  invocation: Invocation,
  log: Log,
): Promise<RpcInvocationResponse> => {
  try {
    return await currentApp.run(app, log, () => invoke(app, target, invocation, log));
  } catch (thrown) {
    throw toError(thrown);
  }
};

const invoke = async (
  app: AppRegistry,
  target: RegisteredFunction,
  invocation: Invocation,
  log: Log,
): Promise<RpcInvocationResponse> => {
  const { metadata } = target;
  if (!app.model) throw new WorkerError('No programming model has been set.');
  const hookData: Record<string, unknown> = {};
  let invocationContext: object | undefined;
  const context: CoreInvocationContext = {
    invocationId: invocation.invocationId,
    request: { ...invocation, functionId: metadata.functionId ?? metadata.name, traceContext: traceContext() },
    metadata,
    state: undefined,
    log: (level, category, message) => {
      const line = { hookData, level, message, category, ...(invocationContext && { invocationContext }) };
      app.hooks.runNow('log', line);
      const suffix = category === 'user' ? '.User' : '';
      log(line.level, `Function.${metadata.name}${suffix}`, line.message);
    },
  };
  const model = await app.model.getInvocationModel(context);
  const args = await model.getArguments();
  invocationContext = args.context;

  const shared = { hookData, appHookData: app.appHookData, invocationContext };
  const before = { ...shared, functionCallback: target.callback, inputs: args.inputs };
  context.state = 'preInvocationHooks';
  try {
    await app.hooks.run('preInvocation', before);
  } finally {
    context.state = undefined;
  }

  const after: typeof shared & { inputs: unknown[]; result: unknown; error: unknown } = {
    ...shared,
    inputs: before.inputs,
    result: null,
    error: null,
  };
  context.state = 'invocation';
  try {
    after.result = await model.invokeFunction(args.context, before.inputs, before.functionCallback);
  } catch (error) {
    // `throw undefined` counts as success in the real worker too, since it checks the value only.
    after.error = error;
  }
  context.state = 'postInvocationHooks';
  try {
    await app.hooks.run('postInvocation', after);
  } finally {
    context.state = undefined;
  }

  if (after.error !== null && after.error !== undefined) throw after.error;
  return await model.getResponse(args.context, after.result);
};

/** A host that traces nothing has an activity of its own for every invocation all the same, which nobody records. */
const traceContext = (): RpcInvocationRequest['traceContext'] => {
  const trace = currentTrace.get() ?? nextSpan(undefined, false);
  return { traceParent: formatTraceparent(trace), traceState: trace.state, attributes: {} };
};
