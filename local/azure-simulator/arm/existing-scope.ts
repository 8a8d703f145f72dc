import { resourceGroupNotFound, resourceNotFound } from './arm-errors.ts';
import type { ArmRequest } from './arm-request.ts';

/** The scope of a request as an existing resource spells it. @throws HttpError 404 when nothing is there. */
export const existingScope = (request: ArmRequest): string => {
  const scope = request.parameter('scope');
  const segments = scope.split('/');
  if (segments.length <= 3) return scope;
  const { resources } = request.world;
  const group = segments.slice(0, 5).join('/');
  const name = segments[4] ?? '';
  if (!resources.get(group)) throw resourceGroupNotFound(name);
  const resource = resources.get(scope);
  if (!resource) throw resourceNotFound(segments.slice(6, 8).join('/'), segments.slice(8).join('/'), name);
  return resource.id;
};
