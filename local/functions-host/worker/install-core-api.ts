import Module from 'node:module';
import { createCoreApi } from './core-api.ts';

const CORE_MODULE = '@azure/functions-core';

let installed = false;

/**
 * Makes `require('@azure/functions-core')` work in this process although there is no such package on disk, for ES modules too since
 * `@azure/functions` is CommonJS. Imitates azure-functions-nodejs-worker `setupCoreModule.ts`.
 */
export const installCoreApi = (): void => {
  if (installed) return;
  installed = true;
  const apis = new WeakMap<object, object>();
  const apiFor = (requirer: object): object => {
    const api = apis.get(requirer) ?? createCoreApi();
    apis.set(requirer, api);
    return api;
  };
  Module.prototype.require = new Proxy(Module.prototype.require, {
    apply: (target, requirer: object, args: [string]) =>
      args[0] === CORE_MODULE ? apiFor(requirer) : Reflect.apply(target, requirer, args),
  });
};
