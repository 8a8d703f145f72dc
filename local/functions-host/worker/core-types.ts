import type { RpcTypedData } from './function-worker.ts';
import type { LogLevel } from './log.ts';

/**
 * The shapes that cross `@azure/functions-core`, as far as the host uses them. Imitates `types-core/index.d.ts` of
 * azure-functions-nodejs-worker.
 */

export interface Binding {
  readonly type: string;
  readonly name?: string;
  readonly direction?: string;
  readonly [option: string]: unknown;
}

export interface FunctionMetadata {
  readonly name: string;
  readonly functionId?: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly [option: string]: unknown;
}

export type FunctionCallback = (...args: unknown[]) => unknown;
/** Hooks receive a plain object that they may write to; each kind of hook has properties of its own. */
export type HookCallback = (context: object) => unknown;
export type LogCategory = 'user' | 'system';

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

export interface RpcInvocationResponse {
  readonly invocationId?: string;
  readonly outputData?: readonly { readonly name: string; readonly data: RpcTypedData }[];
  readonly returnValue?: RpcTypedData | null;
}

export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: RpcInvocationRequest;
  readonly metadata: FunctionMetadata;
  state: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  log(level: LogLevel, category: LogCategory, message: string): void;
}

export interface InvocationModel {
  getArguments(): Promise<{ context: object; inputs: unknown[] }> | { context: object; inputs: unknown[] };
  invokeFunction(context: object, inputs: unknown[], callback: FunctionCallback): unknown;
  getResponse(context: object, result: unknown): Promise<RpcInvocationResponse> | RpcInvocationResponse;
}

export type WorkerCapabilities = Record<string, string>;

export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): Promise<InvocationModel> | InvocationModel;
  getCapabilities?(capabilities: WorkerCapabilities): Promise<WorkerCapabilities> | WorkerCapabilities;
}
