/** A value as the Functions host and a language worker exchange it; exactly one property is set, none means undefined. */
export interface RpcTypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: object;
}

/** The triggers that the Durable Task extension fires. */
export type DurableTriggerType = 'orchestrationTrigger' | 'activityTrigger' | 'entityTrigger';

/**
 * What the Durable Task engine needs of the loaded app: the names of its durable functions and a way to run one. Names are matched
 * without regard to case, as the extension does. The engine makes the trigger's data; the worker only carries it.
 */
export interface FunctionWorker {
  /** Registered names for a trigger type, as written by the app, sorted. */
  names(type: DurableTriggerType): readonly string[];

  /**
   * Runs one invocation with hooks, inputs and logs as the Node worker does.
   *
   * @returns the function's return value as sent over the wire; undefined or null when there is none.
   * @throws the error of the function, of a hook, or of the conversion of its result. Its `message` is what the worker would
   * report as the exception's message.
   */
  invoke(
    type: DurableTriggerType,
    name: string,
    data: RpcTypedData,
    triggerMetadata?: Readonly<Record<string, RpcTypedData>>,
  ): Promise<RpcTypedData | null | undefined>;
}
