import { randomUUID } from 'node:crypto';
import type { TaskHub } from '../engine/task-hub.ts';
import { HOST_VERSION } from '../imitated-versions.ts';
import type { LoadedFunction } from '../worker/loaded-function.ts';
import { type HostHandler, type HostRequestHead, type HostResponse, jsonResponse } from './host-message.ts';
import type { HttpRoute } from './http-routes.ts';
import { type RunByHandOptions, runByHand } from './run-by-hand.ts';

/** `/`: the real host shows a page, or nothing when the setting says so (azure-functions-host `HomepageMiddleware.cs`). */
export const homePage = async (_: HostRequestHead): Promise<HostResponse> => {
  const off = /^(true|1)$/i.test(process.env.AzureWebJobsDisableHomepage ?? '');
  if (off) return { status: 204 };
  return {
    status: 200,
    headers: [['Content-Type', 'text/html; charset=utf-8']],
    body: '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Functions host</title></head><body><h1>Your function app is up and running</h1><p>Served by the local Functions host.</p></body></html>',
  };
};

/** What `/admin/…` shows and runs. */
export interface AdminApiOptions extends RunByHandOptions {
  readonly origin: string;
  readonly routes: readonly HttpRoute[];
  readonly hub: Pick<TaskHub, 'checkStorage'>;
}

/**
 * The part of `/admin/…` that monitoring and people use: `host/status`, `host/ping`, `functions`, and a POST to a function, which runs it
 * (azure-functions-host `HostController.cs`, `FunctionsController.cs`).
 */
export const createAdminApi = (options: AdminApiOptions): HostHandler => {
  const { origin, app, routes, hub } = options;
  const id = randomUUID().replaceAll('-', '');
  const started = performance.now();
  const describe = (candidate: LoadedFunction): object => {
    const route = routes.find(({ target }) => target === candidate);
    return {
      name: candidate.name,
      href: `${origin}/admin/functions/${candidate.name}`,
      invoke_url_template: route ? `${origin}/${route.template}` : null,
      language: 'node',
      isDisabled: app.isDisabled(candidate),
      config: {
        name: candidate.name,
        language: 'node',
        bindings: Object.entries(candidate.bindings).map(([name, binding]) => ({ ...binding, name })),
      },
    };
  };
  return async (request) => {
    const { method, url } = request;
    const path = url.pathname.toLowerCase().replace(/\/$/, '');
    if (path === '/admin/host/ping' && (method === 'GET' || method === 'POST')) return { status: 200 };
    const name = /^\/admin\/functions\/([^/]+)$/.exec(path)?.[1];
    const found = app.functions.find((candidate) => candidate.name.toLowerCase() === name);
    if (method === 'POST' && name !== undefined) return runByHand(options, found, request);
    if (method !== 'GET') return { status: 404 };
    if (path === '/admin/host/status') {
      const processUptime = Math.round(performance.now() - started);
      const { failure } = hub.checkStorage();
      return jsonResponse(200, {
        id,
        // The platform's states and errors (azure-functions-host `ScriptHostState.cs`, `HostStatus.cs`).
        state: failure === undefined ? 'Running' : 'Error',
        version: HOST_VERSION,
        versionDetails: HOST_VERSION,
        processUptime,
        ...(failure !== undefined && { errors: [failure] }),
      });
    }
    if (path === '/admin/functions') return jsonResponse(200, app.functions.map(describe));
    return found ? jsonResponse(200, describe(found)) : { status: 404 };
  };
};
