import { expect, test } from 'vitest';
import { RESOURCES_COVERAGE } from '../../../local/azure-simulator/providers/resources/coverage.ts';
import { type Fixture, startFixture } from '../fixture.ts';
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

const manyTags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, 'x']));

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
  { wrong: 'no body', method: 'PATCH', url: url.tags(), ...invalid },
  { wrong: 'no operation', method: 'PATCH', url: url.tags(), body: { properties: { tags: {} } }, ...invalid },
  {
    wrong: 'an unknown operation',
    method: 'PATCH',
    url: url.tags(),
    body: { operation: 'Toggle', properties: { tags: {} } },
    ...invalid,
  },
  {
    wrong: 'too many tags',
    method: 'PATCH',
    url: url.tags(),
    body: { operation: 'Merge', properties: { tags: manyTags } },
    status: 400,
    code: 'TagsLimitExceeded',
  },
  ...['PATCH', 'GET'].map((method) => ({
    wrong: 'tags of a group that is not there',
    method,
    url: url.tags(`${S}/resourceGroups/none`),
    ...(method === 'PATCH' && { body: { operation: 'Merge', properties: { tags: {} } } }),
    status: 404,
    code: 'ResourceGroupNotFound',
  })),
  {
    wrong: 'an operation that is not known',
    method: 'GET',
    url: `${S}/operationresults/none?${VERSIONS.resources}`,
    status: 404,
    code: 'NotFound',
  },
];

testRefusals(RESOURCES_COVERAGE, (azure) => azure.send('PUT', url.group(), good.group), REFUSALS);

test('tags are merged, deleted and replaced, whatever the letters of their names, and found by them', async () => {
  const azure = await startFixture();
  try {
    await azure.send('PUT', url.group(), { ...good.group, tags: { Owner: 'us', team: 'data' } });
    const change = async (operation: string, tags: object) => {
      const { status, body } = await azure.send('PATCH', url.tags(), { operation, properties: { tags } });
      expect([status, (await azure.send('GET', url.tags())).body]).toEqual([200, body]);
      return body;
    };
    expect(await change('Merge', { OWNER: 'them' })).toMatchObject({
      id: `${G}/providers/Microsoft.Resources/tags/default`,
      properties: { tags: { team: 'data', OWNER: 'them' } },
    });
    expect(await change('Delete', { Team: '' })).toMatchObject({ properties: { tags: { OWNER: 'them' } } });
    const filter = `$filter=${encodeURIComponent("tagName eq 'owner' and tagValue eq 'them'")}&${VERSIONS.resources}`;
    expect((await azure.send('GET', `${S}/resourceGroups?${filter}`)).body).toMatchObject({ value: [{ id: G }] });
    const other = filter.replace('them', 'Them');
    expect((await azure.send('GET', `${S}/resourceGroups?${other}`)).body).toMatchObject({ value: [] });
    expect(await change('Replace', { a: 'b' })).toMatchObject({ properties: { tags: { a: 'b' } } });
  } finally {
    await azure.close();
  }
});
