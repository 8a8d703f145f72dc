import { declareService } from '../http/service-declaration.ts';
import { TOKEN_ENDPOINT_VERSIONS } from './token-endpoint.ts';

const AUTHORITY = 'https://login.microsoftonline.com';

/** Log-in as a service principal. */
export const ENTRA_COVERAGE = declareService({
  title: 'Log-in',
  apiVersions: ['v2.0'],
  about:
    'Microsoft Entra’s authority, as far as a service principal with a secret goes: discovery and the client credentials grant. The authorities of the other clouds answer alike, each in a simulator of its cloud. The operator is the only application.',
  shape: 'oauth',
  errors: {
    invalid_tenant: {
      status: 400,
      to: 'a tenant that there is not (AADSTS90002)',
      seen: 'microsoftgraph/windowsupdates-webapplication-sample#6',
    },
    invalid_request: {
      status: 400,
      to: 'a form without grant_type, client_id or scope, or a body that is no form (AADSTS900144)',
      seen: 'microsoftgraph/microsoft-graph-docs#20272',
    },
    unsupported_grant_type: { status: 400, to: 'another grant than that of client credentials (AADSTS70003)' },
    unauthorized_client: {
      status: 400,
      to: 'an application that the tenant does not have (AADSTS700016)',
      seen: 'Azure/azure-sdk-for-python#8314',
    },
    invalid_client: {
      status: 401,
      to: 'no secret (AADSTS7000216) or a wrong one (AADSTS7000215)',
      seen: 'Azure/sap-automation#418',
    },
    invalid_scope: {
      status: 400,
      to: 'a scope without /.default (AADSTS1002012)',
      seen: 'databricks/databricks-sql-nodejs#226',
    },
    invalid_resource: { status: 400, to: 'a scope of a service that there is not (AADSTS500011)' },
    not_found: { status: 404, to: 'any other path' },
  },
  operations: [
    { route: `GET ${AUTHORITY}/common/discovery/instance`, does: 'lists the hosts of the same authority' },
    {
      route: `GET ${AUTHORITY}/{tenant}/v2.0/.well-known/openid-configuration`,
      does: 'says where the endpoints are',
      refuses: ['invalid_tenant'],
    },
    {
      route: `GET ${AUTHORITY}/{tenant}/discovery/v2.0/keys`,
      does: 'gives the public keys of tokens for registered APIs',
      refuses: ['invalid_tenant'],
    },
    {
      route: `POST ${AUTHORITY}/{tenant}/oauth2/v2.0/token`,
      does: 'gives a token',
      refuses: [
        'invalid_tenant',
        'invalid_request',
        'unsupported_grant_type',
        'unauthorized_client',
        'invalid_client',
        'invalid_scope',
        'invalid_resource',
      ],
    },
  ],
  elsewhere: ['invalid_tenant', 'not_found'],
  differences: [
    'There are no users, certificates or federated credentials, and no endpoints of version 1.',
    'Tokens for Azure’s own services are signed with a key of the simulator’s own (HS256), since nobody else checks them.',
    'Tokens for an API of one’s own, with app roles, come from the control API (`/_simulator/tokens`), signed with RS256; `/_simulator/signing-keys` draws a new key. Published keys have no certificates (`x5c`).',
    'Errors have no trace id.',
  ],
});

/** The token endpoint that App Service gives to an app with a managed identity. */
export const TOKEN_ENDPOINT_COVERAGE = declareService({
  title: 'Tokens of a managed identity',
  apiVersions: TOKEN_ENDPOINT_VERSIONS,
  about:
    'What IDENTITY_ENDPOINT and IDENTITY_HEADER name in App Service, for one identity: the caller. Takes no faults.',
  shape: 'status',
  errors: {
    BadRequest: { status: 400, to: 'an api-version or a resource that is missing or wrong, or another identity' },
    Unauthorized: { status: 401, to: 'a request without the secret of its version’s header, or with a wrong one' },
    MethodNotAllowed: { status: 405, to: 'another method' },
    InternalServerError: {
      status: 500,
      to: 'a resource that is no service of the cloud',
      seen: 'Azure/azure-sdk-for-net#41521',
    },
  },
  operations: [
    {
      route: 'GET http://127.0.0.1/msi/token',
      does: 'gives a token',
      refuses: ['BadRequest', 'Unauthorized', 'InternalServerError'],
    },
  ],
  elsewhere: ['MethodNotAllowed'],
  differences: ['The services that there are tokens for are those of the simulator, in its cloud.'],
});
