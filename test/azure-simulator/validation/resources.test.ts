import { RESOURCES_COVERAGE } from '../../../local/azure-simulator/providers/resources/coverage.ts';
import type { Fixture } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { G, good, S, url, VERSIONS } from './requests.ts';

const invalid = { status: 400, code: 'InvalidRequestContent' };
const deleting = {
  given: (azure: Fixture) => azure.send('DELETE', url.group()),
  status: 409,
  code: 'ResourceGroupBeingDeleted',
};
const filter = `$filter=${encodeURIComponent("colour eq 'red'")}&${VERSIONS.resources}`;
const badFilter = { method: 'GET', status: 400, code: 'InvalidFilterInQueryString' };
const unknownProvider = { status: 404, code: 'InvalidResourceNamespace' };

const REFUSALS: Refusal[] = [
  { wrong: 'no body', method: 'PUT', url: url.group('new'), ...invalid },
  { wrong: 'no location', method: 'PUT', url: url.group('new'), body: {}, status: 400, code: 'LocationRequired' },
  {
    wrong: 'a location that there is not',
    method: 'PUT',
    url: url.group('new'),
    body: { location: 'atlantis' },
    status: 400,
    code: 'LocationNotAvailableForResourceGroup',
    says: "The provided location 'atlantis' is not available for resource group. List of available regions is",
  },
  {
    wrong: 'another location',
    method: 'PUT',
    url: url.group(),
    body: { location: 'eastus' },
    status: 409,
    code: 'InvalidResourceGroupLocation',
    says: "Invalid resource group location 'eastus'. The Resource group already exists in location 'canadacentral'.",
  },
  {
    wrong: 'tags of the wrong type',
    method: 'PUT',
    url: url.group('new'),
    body: { ...good.group, tags: 'a' },
    ...invalid,
  },
  {
    wrong: 'managedBy of the wrong type',
    method: 'PUT',
    url: url.group('new'),
    body: { ...good.group, managedBy: [] },
    ...invalid,
  },
  { wrong: 'a group that is being deleted', method: 'PUT', url: url.group(), body: good.group, ...deleting },
  { wrong: 'a group that is being deleted', method: 'PATCH', url: url.group(), body: { tags: {} }, ...deleting },
  { wrong: 'no body', method: 'PATCH', url: url.group(), ...invalid },
  { wrong: 'a tag of the wrong type', method: 'PATCH', url: url.group(), body: { tags: { a: 1 } }, ...invalid },
  {
    wrong: 'a group that is not there',
    method: 'PATCH',
    url: url.group('none'),
    body: {},
    status: 404,
    code: 'ResourceGroupNotFound',
  },
  {
    wrong: 'a group that is not there',
    method: 'GET',
    url: url.group('none'),
    status: 404,
    code: 'ResourceGroupNotFound',
  },
  {
    wrong: 'a group that is not there',
    method: 'DELETE',
    url: url.group('none'),
    status: 404,
    code: 'ResourceGroupNotFound',
  },
  { wrong: 'a filter that is not understood', url: `${S}/resourceGroups?${filter}`, ...badFilter },
  { wrong: 'a filter that is not understood', url: `${S}/resources?${filter}`, ...badFilter },
  { wrong: 'a filter that is not understood', url: `${G}/resources?${filter}`, ...badFilter },
  {
    wrong: 'an unknown provider',
    method: 'GET',
    url: `${S}/providers/Microsoft.Nothing?${VERSIONS.resources}`,
    ...unknownProvider,
  },
  {
    wrong: 'an unknown provider',
    method: 'POST',
    url: `${S}/providers/Microsoft.Nothing/register?${VERSIONS.resources}`,
    ...unknownProvider,
  },
  {
    wrong: 'an operation that is not known',
    method: 'GET',
    url: `${S}/operationresults/none?${VERSIONS.resources}`,
    status: 404,
    code: 'NotFound',
  },
];

testRefusals(RESOURCES_COVERAGE, (azure) => azure.send('PUT', url.group(), good.group), REFUSALS);
