import { SUBSCRIPTION } from '../../arm/route.ts';
import { declareService } from '../../http/service-declaration.ts';
import { IDENTITY_PATH } from './identities.ts';

const LISTS = IDENTITY_PATH.replace('/{identity}', '');
const CREDENTIALS = `${IDENTITY_PATH}/federatedIdentityCredentials`;

/** User-assigned identities and their federated credentials. */
export const MANAGED_IDENTITY_COVERAGE = declareService({
  title: 'Managed identities',
  namespace: 'Microsoft.ManagedIdentity',
  about:
    'Synchronous. The principal of a new identity becomes visible to role assignments only after some seconds, as in Entra.',
  shape: 'standard',
  errors: {
    InvalidResourceName: { status: 400, to: 'an identity’s name that breaks the rules' },
    BadRequest: {
      status: 400,
      to: 'a federated credential without issuer, subject or audiences, or with a value that is not allowed',
      seen: 'zioproto/istio-aks-example#6',
    },
    InvalidFederatedIdentityCredentialName: { status: 400, to: 'a credential’s name that breaks the rules' },
    FederatedIdentityCredentialsLimitExceeded: { status: 400, to: 'a 21st credential of one identity' },
    IssuerAndSubjectCombinationAlreadyExists: {
      status: 409,
      to: 'an issuer and subject that another credential of the identity has',
    },
    ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity: {
      status: 409,
      to: 'a second write of credentials of one identity while the first is under way',
      seen: 'crossplane-contrib/provider-upjet-azure#689',
    },
  },
  operations: [
    { route: `PUT ${IDENTITY_PATH}`, does: 'creates or updates an identity', refuses: ['InvalidResourceName'] },
    { route: `PATCH ${IDENTITY_PATH}`, does: 'replaces its tags' },
    { route: `GET ${IDENTITY_PATH}`, does: 'reads an identity' },
    { route: `DELETE ${IDENTITY_PATH}`, does: 'deletes it; its principal goes with it' },
    { route: `GET ${LISTS}`, does: 'lists those of a resource group' },
    {
      route: `GET ${SUBSCRIPTION}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`,
      does: 'lists those of the subscription',
    },
    {
      route: `PUT ${CREDENTIALS}/{credential}`,
      does: 'creates or updates a federated credential',
      refuses: [
        'BadRequest',
        'InvalidFederatedIdentityCredentialName',
        'FederatedIdentityCredentialsLimitExceeded',
        'IssuerAndSubjectCombinationAlreadyExists',
        'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
      ],
    },
    {
      route: `DELETE ${CREDENTIALS}/{credential}`,
      does: 'deletes one',
      refuses: ['ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity'],
    },
    { route: `GET ${CREDENTIALS}/{credential}`, does: 'reads one' },
    { route: `GET ${CREDENTIALS}`, does: 'lists those of an identity' },
  ],
  differences: [
    'No tokens are issued for these identities: a federated credential is kept, never used.',
    'The property isolationScope is always None.',
  ],
});
