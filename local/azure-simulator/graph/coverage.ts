import { declareService } from '../http/service-declaration.ts';

const GRAPH = 'https://graph.microsoft.com/v1.0';
const TOKEN = ['InvalidAuthenticationToken'] as const;
const READ = [...TOKEN, 'Authorization_RequestDenied'] as const;

/** The directory, as far as the Azure CLI reads it. */
export const GRAPH_COVERAGE = declareService({
  title: 'The directory, through Microsoft Graph',
  apiVersions: ['beta', 'v1.0'],
  about:
    'The service principals of the tenant: the caller, the operator, and every managed identity once it has replicated. Only the operator may read them. The Graphs of the other clouds answer alike, each in a simulator of its cloud.',
  shape: 'standard',
  errors: {
    InvalidAuthenticationToken: {
      status: 401,
      to: 'a token that is missing, garbled, has expired or is for another service',
      seen: 'microsoftgraph/microsoft-graph-docs#16208',
    },
    BadRequest: {
      status: 400,
      to: 'an unknown version or path, a body that is not JSON, or /me, which is for people only',
      seen: 'microsoftgraph/msgraph-sdk-php#1163',
    },
    Request_BadRequest: { status: 400, to: 'a body that is no list of up to 1000 ids' },
    Request_UnsupportedQuery: {
      status: 400,
      to: 'a filter that is not understood',
      seen: 'microsoft/botframework-components#1108',
    },
    Authorization_RequestDenied: {
      status: 403,
      to: 'a caller that nobody gave the permission to read the directory',
      seen: 'microsoftgraph/microsoft-graph-docs#5678',
    },
    Request_ResourceNotFound: {
      status: 404,
      to: 'a service principal that is not there',
      seen: 'microsoftgraph/msgraph-sdk-powershell#1557',
    },
    RequestEntityTooLarge: { status: 413, to: 'a body over 4 MB' },
  },
  operations: [
    { route: `GET ${GRAPH}/me`, does: 'refuses an application, which is no user', refuses: [...TOKEN, 'BadRequest'] },
    {
      route: `GET ${GRAPH}/servicePrincipals`,
      does: 'lists service principals, also by appId, displayName, id or name',
      refuses: [...READ, 'Request_UnsupportedQuery'],
    },
    {
      route: `GET ${GRAPH}/servicePrincipals/{id}`,
      does: 'reads one',
      refuses: [...READ, 'Request_ResourceNotFound'],
    },
    { route: `GET ${GRAPH}/users`, does: 'lists nobody', refuses: [...READ] },
    { route: `GET ${GRAPH}/groups`, does: 'lists nothing', refuses: [...READ] },
    {
      route: `POST ${GRAPH}/directoryObjects/getByIds`,
      does: 'reads those that there are',
      refuses: [...READ, 'BadRequest', 'Request_BadRequest', 'RequestEntityTooLarge'],
    },
  ],
  elsewhere: ['InvalidAuthenticationToken', 'BadRequest'],
  differences: [
    'Users, groups, applications and everything that writes do not exist.',
    'Lists come in one page; $select, $top and $search are ignored.',
    'Filters are one equality, one startswith, or the search by name that the CLI sends.',
  ],
});
