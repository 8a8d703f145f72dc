import { NAMESPACES } from '../providers/resources/providers.ts';
import { ROUTES } from './routes.ts';

/** What is asked for beside the actions of the routes. */
const OTHERS = [
  'Microsoft.ContainerRegistry/registries/pull/read',
  'Microsoft.Network/virtualNetworks/subnets/join/action',
];

/** The actions that the providers support, which a role may have. */
export const SUPPORTED_ACTIONS: readonly string[] = [
  ...ROUTES.flatMap(({ action }) => (typeof action === 'string' ? [action] : [])),
  ...Object.keys(NAMESPACES).map((namespace) => `${namespace}/register/action`),
  ...OTHERS,
];
