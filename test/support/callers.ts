import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { SIMULATED_API_CLIENT_ID, SIMULATED_TENANT_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { loadApp } from '../../local/functions-host/worker/load-app.ts';
import type { RouteName } from '../../src/callers/access.ts';
import type { Role } from '../../src/callers/role.ts';
import type { TestWorld } from './world.ts';

/** The settings of an app that takes the simulated tenant's tokens. To be set before it is loaded, and taken back. */
export const ENTRA_SETTINGS = {
  AUTH_MODE: 'entra',
  ENTRA_TENANT_ID: SIMULATED_TENANT_ID,
  ENTRA_AUDIENCE: SIMULATED_API_CLIENT_ID,
};

export const ALL: readonly Role[] = [
  'Deployments.Read',
  'Deployments.Deploy',
  'Deployments.Approve',
  'Deployments.Destroy',
  'Deployments.All',
];

/** Which roles open a route, as docs/callers.md says; written down here apart from the app, so that it cannot agree with itself. */
export const ROUTES: Readonly<Record<RouteName, 'anybody' | readonly Role[]>> = {
  approveDeployment: ['Deployments.Approve'],
  cancelDeployment: ['Deployments.Deploy'],
  createDeployment: ['Deployments.Deploy'],
  createPlan: ['Deployments.Deploy'],
  deleteDeployment: ['Deployments.Destroy'],
  getDashboard: 'anybody',
  getDashboardFile: 'anybody',
  getDeployment: ALL,
  getDrift: ALL,
  getHealth: 'anybody',
  getOpenApi: 'anybody',
  getOpenApi30: 'anybody',
  getOutputs: ALL,
  getReference: 'anybody',
  getReferenceFile: 'anybody',
  getResult: ALL,
  getSwagger: 'anybody',
  listDeployments: ALL,
  postKubeconfig: ['Deployments.Deploy'],
  rejectDeployment: ['Deployments.Approve'],
  zzUnknownRoute: ALL,
};

const bindingSchema = z.object({ route: z.string(), methods: z.array(z.string()) });

/** Every HTTP route that the app registers, with one of its verbs and a path that names nothing. */
export const registeredRoutes = async () => {
  const app = await loadApp(fileURLToPath(new URL('../..', import.meta.url)), { log: () => {} });
  return app.functions
    .filter(({ triggerType }) => triggerType === 'httpTrigger')
    .map(({ name, trigger }) => {
      const { route, methods } = bindingSchema.parse(trigger);
      const path = route
        .replace('{*path}', 'nothing')
        .replace('{id}', 'nobody')
        .replace('{file}', route.startsWith('reference') ? 'start.js' : 'main.js');
      return { name, method: methods[0] ?? 'GET', path: `/api/${path}` };
    });
};

const tokenSchema = z.object({ access_token: z.string() });

/** A token of the simulated tenant; see the simulator's control API. */
export const tokenOf = async (world: TestWorld, asked: Readonly<Record<string, unknown>> = {}): Promise<string> => {
  const url = `${world.azure.simulator.url}/_simulator/tokens`;
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(asked) });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return tokenSchema.parse(JSON.parse(text)).access_token;
};

/** Somebody who calls the service. */
export const callerWith = async (world: TestWorld, name: string, roles: readonly Role[], more: object = {}) => {
  const token = await tokenOf(world, { name, roles, kind: 'user', ...more });
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${world.host.url}/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, headers: response.headers };
  };
  return { token, send };
};
