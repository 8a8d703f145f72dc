import { GROUP, SUBSCRIPTION } from '../../arm/route.ts';
import { declareService } from '../../http/service-declaration.ts';

/** Subscriptions, resource groups, provider registrations, the list of all resources. */
export const RESOURCES_COVERAGE = declareService({
  title: 'Subscriptions, resource groups, providers',
  namespace: 'Microsoft.Resources',
  about:
    'One tenant; its subscriptions are a setting of the simulator. A resource group takes everything inside with it when it goes; vaults are soft-deleted.',
  shape: 'standard',
  errors: {
    LocationNotAvailableForResourceGroup: {
      status: 400,
      to: 'a location that there is not',
      seen: 'cloud-barista/cb-spider#527',
    },
    InvalidResourceGroupLocation: {
      status: 409,
      to: 'a PUT with another location than the group has',
      seen: 'Azure/azure-cli#22242',
    },
    ResourceGroupBeingDeleted: {
      status: 409,
      to: 'a change of a group that is being deleted',
      seen: 'Azure/azure-cli#28679',
    },
    InvalidFilterInQueryString: { status: 400, to: 'a $filter that is not understood' },
    InvalidResourceNamespace: {
      status: 404,
      to: 'a provider that there is not',
      seen: 'JulianHayward/Azure-MG-Sub-Governance-Reporting#52',
    },
  },
  operations: [
    { route: 'GET /tenants', does: 'lists the tenant' },
    { route: 'GET /subscriptions', does: 'lists the subscriptions' },
    { route: `GET ${SUBSCRIPTION}`, does: 'reads a subscription' },
    { route: `GET ${SUBSCRIPTION}/locations`, does: 'lists the regions and their zones' },
    { route: `GET ${SUBSCRIPTION}/providers`, does: 'lists the providers and their registration' },
    { route: `GET ${SUBSCRIPTION}/providers/{namespace}`, does: 'reads one', refuses: ['InvalidResourceNamespace'] },
    {
      route: `POST ${SUBSCRIPTION}/providers/{namespace}/register`,
      does: 'registers one: Registering for about a minute, then Registered',
      refuses: ['InvalidResourceNamespace'],
    },
    {
      route: `PUT ${GROUP}`,
      does: 'creates or updates a group; replaces its tags',
      refuses: ['LocationNotAvailableForResourceGroup', 'InvalidResourceGroupLocation', 'ResourceGroupBeingDeleted'],
    },
    { route: `PATCH ${GROUP}`, does: 'replaces its tags', refuses: ['ResourceGroupBeingDeleted'] },
    { route: `GET ${GROUP}`, does: 'reads a group' },
    { route: `HEAD ${GROUP}`, does: 'says whether it is there: 204 or 404' },
    { route: `DELETE ${GROUP}`, does: 'deletes a group with everything inside', longRunning: 'location' },
    { route: `GET ${SUBSCRIPTION}/operationresults/{operation}`, does: 'follows a deletion' },
    {
      route: `GET ${SUBSCRIPTION}/resourceGroups`,
      does: 'lists the groups, by tag if asked',
      refuses: ['InvalidFilterInQueryString'],
    },
    {
      route: `GET ${SUBSCRIPTION}/resources`,
      does: 'lists all resources, by type, name, location, group or tag',
      refuses: ['InvalidFilterInQueryString'],
    },
    {
      route: `GET ${GROUP}/resources`,
      does: 'lists the resources of a group',
      refuses: ['InvalidFilterInQueryString'],
    },
    {
      route: 'PATCH {scope}/providers/Microsoft.Resources/tags/default',
      does: 'merges, replaces or deletes tags of a group or resource: `az tag update`',
    },
    { route: 'GET {scope}/providers/Microsoft.Resources/tags/default', does: 'reads the tags of a group or resource' },
  ],
  differences: [
    'Lists come in one page; $top and $expand are ignored.',
    'Subscriptions have no tags.',
    'Only the providers of this page are known, each with the types of this page.',
  ],
});
