import { covers } from '../access/role-definitions.ts';
import { NAMESPACES } from '../providers/resources/providers.ts';
import { ROUTES } from './routes.ts';

/** What is asked for beside the actions of the routes. */
const OTHERS = [
  'Microsoft.ContainerRegistry/registries/pull/read',
  'Microsoft.Network/virtualNetworks/subnets/join/action',
];

/**
 * The actions of a role that no provider has here. Azure refuses such a role whole: InvalidActionOrNotAction,
 * "'…' does not match any of the actions supported by the providers." (MicrosoftDocs/azure-docs issue 102571).
 */
export const unknownActions = (actions: readonly string[]): string[] => {
  const known = [
    ...ROUTES.flatMap(({ action }) => (typeof action === 'string' ? [action] : [])),
    ...Object.keys(NAMESPACES).map((namespace) => `${namespace}/register/action`),
    ...OTHERS,
  ];
  return actions.filter((pattern) => !known.some((action) => covers(pattern, action)));
};
