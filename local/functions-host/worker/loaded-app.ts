import { randomUUID } from 'node:crypto';
import { formatTimeSpan } from '../settings/time-span.ts';
import type { AppRegistry } from './app-registry.ts';
import { lostOutputs, refuseMissingInputs } from './binding-support.ts';
import type { RpcInvocationRequest, RpcInvocationResponse } from './core-types.ts';
import type { DurableTriggerType, FunctionWorker, RpcTypedData } from './function-worker.ts';
import { invokeFunction } from './invoke-function.ts';
import { disabledNames, type LoadedFunction } from './loaded-function.ts';
import type { Log } from './log.ts';

/** What a host gives to the app that it runs. */
export interface AppSurroundings {
  readonly log: Log;
  /** The JSON text of a durable client binding; undefined when there is no task hub. */
  readonly durableClient?: () => string;
  /** How long one invocation may take; undefined for no limit. */
  readonly functionTimeout?: FunctionTimeout | undefined;
}

/** host.json's `functionTimeout`. */
export interface FunctionTimeout {
  /** Real time, ms. */
  readonly ms: number;
  /** Is called after the log has the error; the platform then ends the worker process, and with it everything that runs there. */
  readonly onExceeded: (name: string, invocationId: string) => void;
}

const PROGRAMMATIC = 'This function was programmatically called via the host APIs.';

/** An app that was loaded once, seen from one host: many hosts may run the same app. */
export class LoadedApp implements FunctionWorker {
  readonly directory: string;
  /** Sorted by name without regard to case, as azure-functions-host `FunctionMetadataManager.cs` does; functions in error are missing. */
  readonly functions: readonly LoadedFunction[];
  readonly #registry: AppRegistry;
  readonly #surroundings: AppSurroundings;
  readonly #disabled = disabledNames();
  readonly #byName = new Map<string, LoadedFunction>();

  constructor(registry: AppRegistry, functions: readonly LoadedFunction[], surroundings: AppSurroundings) {
    this.directory = registry.directory;
    this.functions = functions;
    this.#registry = registry;
    this.#surroundings = surroundings;
    for (const loaded of functions) this.#byName.set(keyOf(loaded.triggerType, durableName(loaded)), loaded);
  }

  /** The same app in another host. */
  within(surroundings: AppSurroundings): LoadedApp {
    return new LoadedApp(this.#registry, this.functions, surroundings);
  }

  /** Whether a setting turned the function off when the host started. */
  isDisabled({ name }: LoadedFunction): boolean {
    return this.#disabled.has(name.toLowerCase());
  }

  /** Names of the functions that are not disabled. */
  names(type: DurableTriggerType): readonly string[] {
    return this.functions
      .filter((candidate) => sameText(candidate.triggerType, type) && !this.isDisabled(candidate))
      .map(durableName);
  }

  async invoke(
    type: DurableTriggerType,
    name: string,
    data: RpcTypedData,
    triggerMetadata: Readonly<Record<string, RpcTypedData>> = {},
  ): Promise<RpcTypedData | null | undefined> {
    const target = this.#byName.get(keyOf(type, name));
    if (!target) throw new Error(`There is no function '${name}' with the trigger ${type}.`);
    return (await this.#run(target, data, triggerMetadata, '(null)')).returnValue;
  }

  /**
   * Runs an HTTP function.
   *
   * @param http - the request as the host sends it to a worker (`RpcHttp`).
   * @returns the response as the worker sends it, or undefined when the function returned none.
   */
  async invokeHttp(target: LoadedFunction, http: object): Promise<object | undefined> {
    const response = await this.#run(target, { http }, {}, PROGRAMMATIC);
    const outputs = response.outputData ?? [];
    return response.returnValue?.http ?? outputs.find((output) => output.data.http)?.data.http;
  }

  /**
   * Runs a function for a trigger that nobody waits for. A failure goes to the log.
   *
   * @param reason - as the log gives it, e.g. `Timer fired at …`.
   */
  async invokeUnattended(target: LoadedFunction, data: RpcTypedData, reason: string): Promise<void> {
    try {
      await this.#run(target, data, {}, reason);
    } catch (error) {
      this.reportFailure(target, error);
    }
  }

  /** Writes what the host writes when a function failed. */
  reportFailure({ name }: LoadedFunction, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const message = `Exception while executing function: Functions.${name}. ${detail}`;
    this.#surroundings.log('error', `Function.${name}`, message);
  }

  /** Runs the appTerminate hooks; the app stays usable, since other hosts may run it. */
  async terminate(): Promise<void> {
    const { appLevelOnlyHookData: hookData, appHookData, hooks } = this.#registry;
    await hooks.run('appTerminate', { hookData, appHookData });
  }

  async #run(
    target: LoadedFunction,
    data: RpcTypedData,
    triggerMetadata: Readonly<Record<string, RpcTypedData>>,
    reason: string,
  ): Promise<RpcInvocationResponse> {
    const { log } = this.#surroundings;
    const invocationId = randomUUID();
    const category = `Function.${target.name}`;
    const started = performance.now();
    const took = () => `Id=${invocationId}, Duration=${Math.round(performance.now() - started)}ms`;
    log('debug', category, `Executing 'Functions.${target.name}' (Reason='${reason}', Id=${invocationId})`);
    try {
      refuseMissingInputs(target);
      const inputData = [{ name: target.triggerName, data }, ...this.#extraInputs(target)];
      const invocation = { invocationId, inputData, triggerMetadata };
      const response = await this.#limited(target, invocationId, () =>
        invokeFunction(this.#registry, target.registered, invocation, log),
      );
      for (const lost of lostOutputs(target, response)) log('warning', category, lost);
      log('debug', category, `Executed 'Functions.${target.name}' (Succeeded, ${took()})`);
      return response;
    } catch (error) {
      log('debug', category, `Executed 'Functions.${target.name}' (Failed, ${took()})`);
      throw error;
    }
  }

  /** Watches over the time that a function takes (host.json's `functionTimeout`). */
  async #limited<T>(target: LoadedFunction, invocationId: string, invoke: () => Promise<T>): Promise<T> {
    const { functionTimeout: limit, log } = this.#surroundings;
    if (!limit) return await invoke();
    const name = `Functions.${target.name}`;
    // In real time: a function's own work and waiting is real, also where modelled time runs faster.
    const timer = setTimeout(() => {
      const value = formatTimeSpan(limit.ms);
      log('error', 'Host.Executor', `Timeout value of ${value} was exceeded by function: ${name}.`);
      limit.onExceeded(name, invocationId);
    }, limit.ms);
    timer.unref();
    try {
      return await invoke();
    } finally {
      clearTimeout(timer);
    }
  }

  #extraInputs(target: LoadedFunction): RpcInvocationRequest['inputData'] {
    const client = this.#surroundings.durableClient;
    if (!client) return [];
    return Object.entries(target.bindings)
      .filter(([, { type }]) => sameText(type, 'durableClient') || sameText(type, 'orchestrationClient'))
      .map(([name]) => ({ name, data: { string: client() } }));
  }
}

const NAME_OPTIONS: Readonly<Record<string, string>> = {
  orchestrationtrigger: 'orchestration',
  activitytrigger: 'activity',
  entitytrigger: 'entityName',
};

/** The name that Durable Task uses: the binding's option when there is one (EXT `*TriggerAttributeBindingProvider.cs`). */
const durableName = ({ name, trigger, triggerType }: LoadedFunction): string => {
  const option = NAME_OPTIONS[triggerType.toLowerCase()];
  const override = option === undefined ? undefined : trigger[option];
  return typeof override === 'string' && override ? override : name;
};

const keyOf = (type: string, name: string): string => `${type}:${name}`.toLowerCase();

const sameText = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
