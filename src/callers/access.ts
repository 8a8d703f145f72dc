import { type Role, roles } from './role.ts';

/** Who may call: anybody; anybody, even while the service is misconfigured and refuses all others; or callers with one of these roles. */
export type Access = 'anonymous' | 'always' | readonly Role[];

/** Whether a route asks for no key and no token. */
export const isOpen = (access: Access): access is 'anonymous' | 'always' => typeof access === 'string';

/** Every role includes reading what its holder may see. */
const read = roles;
const deploy: Access = ['Deployments.Deploy'];
const approve: Access = ['Deployments.Approve'];
const destroy: Access = ['Deployments.Destroy'];

/** Who may call each route, by its function's name. Routes are registered and described from this table alone. */
export const access = {
  createDeployment: deploy,
  // A plan shows how the resources are that it names.
  createPlan: deploy,
  listDeployments: read,
  getDeployment: read,
  getResult: read,
  getOutputs: read,
  getDrift: read,
  approveDeployment: approve,
  rejectDeployment: approve,
  cancelDeployment: deploy,
  deleteDeployment: destroy,
  // It opens the cluster.
  postKubeconfig: deploy,
  getDashboard: 'anonymous',
  getDashboardFile: 'anonymous',
  getReference: 'anonymous',
  getReferenceFile: 'anonymous',
  getOpenApi: 'anonymous',
  getOpenApi30: 'anonymous',
  getSwagger: 'anonymous',
  getHealth: 'always',
  zzUnknownRoute: read,
} as const satisfies Readonly<Record<string, Access>>;

export type RouteName = keyof typeof access;
