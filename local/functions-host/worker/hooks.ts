import type { HookCallback } from './core-types.ts';
import { Disposable } from './disposable.ts';
import { WorkerRangeError } from './worker-errors.ts';

const HOOK_NAMES = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;
/** The hooks that an app may register. */
export type HookName = (typeof HOOK_NAMES)[number];

const isHookName = (name: string): name is HookName => HOOK_NAMES.some((known) => known === name);

/** The hooks of one app, run in the order of registration. Imitates azure-functions-nodejs-worker `registerHook.ts`, `executeHooks.ts`. */
export class Hooks {
  readonly #callbacks = new Map<HookName, HookCallback[]>();

  /** @throws WorkerRangeError when there is no such hook. */
  register(name: string, callback: HookCallback): Disposable {
    if (!isHookName(name)) throw new WorkerRangeError(`Unrecognized hook "${name}"`);
    const callbacks = this.#callbacks.get(name) ?? [];
    this.#callbacks.set(name, callbacks);
    callbacks.push(callback);
    return new Disposable(() => {
      const index = callbacks.indexOf(callback);
      if (index >= 0) callbacks.splice(index, 1);
    });
  }

  async run(name: HookName, context: object): Promise<void> {
    for (const callback of [...(this.#callbacks.get(name) ?? [])]) await callback(context);
  }

  /** For log hooks: a log call cannot wait. */
  runNow(name: HookName, context: object): void {
    for (const callback of [...(this.#callbacks.get(name) ?? [])]) callback(context);
  }
}
