import { z } from 'zod';
import { resourceNotFound } from '../../arm/arm-errors.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import { checkTags } from '../../arm/check-tags.ts';
import { existingScope } from '../../arm/existing-scope.ts';
import type { Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { DURATIONS } from '../../base/durations.ts';
import { type Answer, json } from '../../http/answer.ts';
import { type Resource, tagsSchema } from '../../state/resource.ts';

const TYPE = 'Microsoft.Resources/tags';

type Tags = Readonly<Record<string, string>>;

/** azure-rest-api-specs, Microsoft.Resources resources.json, TagsPatchResource. */
const patchSchema = z.looseObject({
  operation: z.enum(['Replace', 'Merge', 'Delete']),
  properties: z.looseObject({ tags: tagsSchema.nullish() }),
});

const taggedOf = (request: ArmRequest): Resource => {
  const found = request.world.resources.get(existingScope(request));
  if (!found) throw resourceNotFound('Microsoft.Resources/subscriptions', request.parameter('scope'), '');
  return found;
};

const show = ({ id, tags = {} }: Resource) =>
  json(200, { id: `${id}/providers/${TYPE}/default`, name: 'default', type: TYPE, properties: { tags } });

const without = (tags: Tags, names: readonly string[]): Tags => {
  const gone = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(tags).filter(([name]) => !gone.has(name.toLowerCase())));
};

/** Names are compared without regard to case (learn.microsoft.com/javascript/api/@azure/arm-resources/tagsoperations). */
const changed = (before: Tags, { operation, properties }: z.infer<typeof patchSchema>): Tags => {
  const tags = properties.tags ?? {};
  if (operation === 'Replace') return tags;
  const rest = without(before, Object.keys(tags));
  return operation === 'Merge' ? { ...rest, ...tags } : rest;
};

const patch = (request: ArmRequest): Answer => {
  const resource = taggedOf(request);
  const tags = changed(resource.tags ?? {}, request.content(patchSchema));
  checkTags(tags);
  return show(request.world.resources.put({ ...resource, tags: { ...tags } }));
};

/** The tags of a group or resource: what `az tag update` changes. */
export const TAG_ROUTES: Route[] = routesOf({ type: TYPE, path: `{scope}/providers/${TYPE}/default` }, [
  { method: 'PATCH', seconds: DURATIONS.resourceGroup, handle: patch },
  { method: 'GET', handle: (request) => show(taggedOf(request)) },
]);
