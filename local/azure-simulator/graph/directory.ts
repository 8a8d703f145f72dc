import {
  SIMULATED_CALLER_CLIENT_ID,
  SIMULATED_CALLER_OBJECT_ID,
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_OBJECT_ID,
} from '../base/identities.ts';
import type { JsonObject } from '../base/json.ts';
import type { EntraWorld } from '../entra/entra-world.ts';

interface Entry {
  objectId: string;
  clientId: string;
  displayName: string;
  kind: 'Application' | 'ManagedIdentity';
  /** Of the resource behind a managed identity. */
  resourceId?: string;
}

const FIRST: readonly Entry[] = [
  {
    objectId: SIMULATED_CALLER_OBJECT_ID,
    clientId: SIMULATED_CALLER_CLIENT_ID,
    displayName: 'caller',
    kind: 'ManagedIdentity',
  },
  {
    objectId: SIMULATED_OPERATOR_OBJECT_ID,
    clientId: SIMULATED_OPERATOR_CLIENT_ID,
    displayName: 'operator',
    kind: 'Application',
  },
];

/** The service principals of the tenant that are visible by now, as Graph shows them (learn.microsoft.com, resources/serviceprincipal; a part of the properties). */
export const servicePrincipals = (world: EntraWorld): JsonObject[] => {
  const made = world.principals
    .all()
    .filter(({ visibleAt }) => visibleAt <= world.now())
    .map(
      ({ objectId, clientId, resourceId }): Entry => ({
        objectId,
        clientId,
        resourceId,
        displayName: resourceId.split('/').at(-1) ?? '',
        kind: 'ManagedIdentity',
      }),
    );
  return [...FIRST, ...made].map(show);
};

const show = ({ objectId, clientId, displayName, kind, resourceId }: Entry): JsonObject => ({
  id: objectId,
  accountEnabled: true,
  appId: clientId,
  appDisplayName: kind === 'Application' ? displayName : null,
  displayName,
  servicePrincipalType: kind,
  servicePrincipalNames: [clientId],
  alternativeNames: resourceId === undefined ? [] : ['isExplicit=True', resourceId],
  tags: [],
});
