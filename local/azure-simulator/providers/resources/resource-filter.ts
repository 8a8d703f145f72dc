import { HttpError } from '../../http/http-error.ts';
import type { Resource } from '../../state/resource.ts';

type Condition = (resource: Resource) => boolean;

const FIELDS: Record<string, (resource: Resource) => string | undefined> = {
  resourcetype: (resource) => resource.type,
  name: (resource) => resource.name,
  location: (resource) => resource.location,
  resourcegroup: (resource) => resource.id.split('/')[4],
};

/** Names of tags are compared without regard to case, values with it (learn.microsoft.com, azure-resource-manager/management/tag-resources). */
const tagOf = ({ tags = {} }: Resource, name: string): string | undefined =>
  Object.entries(tags).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];

/** What a `$filter` asks for: understands `field eq 'value'` joined by `and`, and the tag pair `tagName eq 'x' and tagValue eq 'y'`. @throws HttpError 400 for others */
export const conditionsOf = (filter: string | null): Condition[] => {
  if (!filter) return [];
  let tag = '';
  return filter.split(/\sand\s/i).map((part): Condition => {
    const [, field = '', value = ''] = /^\(?\s*(\w+)\s+eq\s+'([^']*)'\s*\)?$/i.exec(part.trim()) ?? [];
    if (field.toLowerCase() === 'tagname') {
      tag = value;
      return (resource) => tagOf(resource, value) !== undefined;
    }
    if (field.toLowerCase() === 'tagvalue') {
      const name = tag;
      return (resource) => tagOf(resource, name) === value;
    }
    const read = FIELDS[field.toLowerCase()];
    if (!read)
      throw new HttpError(
        400,
        'InvalidFilterInQueryString',
        `Invalid $filter '${filter}' specified in the query string.`,
      );
    return (resource) => read(resource)?.toLowerCase() === value.toLowerCase();
  });
};
