/** The versions of what this host imitates: whatever it says of its own version, to SDKs and to people, stands here alone. */

/** azure-functions-host: `hostVersion` of `@azure/functions-core`, and `/admin/host/status`. Recent enough for all that `@azure/functions` 4.16 asks about. */
export const HOST_VERSION = '4.1037.0';

/** azure-functions-nodejs-worker: `version` of `@azure/functions-core`. Recent enough for all that `@azure/functions` 4.16 asks about. */
export const WORKER_VERSION = '3.12.0';

/**
 * What the Durable Task extension offers an orchestrator: replay schemas of the out-of-process protocol, a JSON payload there and a list of actions back
 * (extension OutOfProcOrchestrationShim.cs, ReplaySchema). durable-functions 3 answers in the newest that both know.
 */
export const REPLAY_SCHEMAS = {
  /** V4. */
  newest: 3,
  /** V2: for SDKs that do not know the field of the newest. */
  newestForOldSdks: 1,
  /** V1, one action list for each turn: the extension takes it, this host does not. */
  notImitated: 0,
} as const;

/**
 * The option of a trigger by which durable-functions 4 asks for the extension's gRPC protocol (durabletask-js
 * `packages/azure-functions-durable/src/durable-grpc.ts`), which this host does not imitate.
 */
export const GRPC_OPTION = 'durableRequiresGrpc';
