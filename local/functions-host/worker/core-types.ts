import type { RpcTypedData } from './function-worker.ts';
import type { LogLevel } from './log.ts';

/**
 * The shapes that cross `@azure/functions-core`, as far as the host uses them. Imitates `types-core/index.d.ts` of
 * azure-functions-nodejs-worker.
 */

/** A trigger, input or output with its options. */
export interface Binding {
  readonly type: string;
  readonly name?: string;
  readonly direction?: string;
  readonly [option: string]: unknown;
}

/** What an app says of a function when it registers it. */
export interface FunctionMetadata {
  readonly name: string;
  readonly functionId?: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly [option: string]: unknown;
}

/** The function itself. */
export type FunctionCallback = (...args: unknown[]) => unknown;
/** Hooks receive a plain object that they may write to; each kind of hook has properties of its own. */
export type HookCallback = (context: object) => unknown;
/** Whether the app wrote a line or the SDK. */
export type LogCategory = 'user' | 'system';

/** An invocation as the host sends it to a worker. */
export interface RpcInvocationRequest {
  readonly invocationId: string;
  readonly functionId: string;
  readonly inputData: readonly { readonly name: string; readonly data: RpcTypedData }[];
  readonly triggerMetadata: Readonly<Record<string, RpcTypedData>>;
  readonly traceContext: {
    readonly traceParent: string;
    readonly traceState: string;
    readonly attributes: Readonly<Record<string, string>>;
  };
}

/** What the worker sends back. */
export interface RpcInvocationResponse {
  readonly invocationId?: string;
  readonly outputData?: readonly { readonly name: string; readonly data: RpcTypedData }[];
  readonly returnValue?: RpcTypedData | null;
}

/** What a programming model is given for an invocation. */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: RpcInvocationRequest;
  readonly metadata: FunctionMetadata;
  state: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  log(level: LogLevel, category: LogCategory, message: string): void;
}

/** How a programming model runs one invocation. */
export interface InvocationModel {
  getArguments(): Promise<{ context: object; inputs: unknown[] }> | { context: object; inputs: unknown[] };
  invokeFunction(context: object, inputs: unknown[], callback: FunctionCallback): unknown;
  getResponse(context: object, result: unknown): Promise<RpcInvocationResponse> | RpcInvocationResponse;
}

/** Name to value, as the worker announces them. */
export type WorkerCapabilities = Record<string, string>;

/** What `@azure/functions` sets. */
export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): Promise<InvocationModel> | InvocationModel;
  getCapabilities?(capabilities: WorkerCapabilities): Promise<WorkerCapabilities> | WorkerCapabilities;
}
