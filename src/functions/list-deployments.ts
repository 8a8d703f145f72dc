import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import {
  type DeploymentStatus,
  deploymentStatuses,
  type Instance,
  isUndoOf,
  statusWithUndo,
} from '../deployment/deployment-view.ts';
import { deploymentIdOf, deploymentInstancePrefix, undoInstancePrefix } from '../deployment/instance-ids.ts';
import { listInstances } from '../task-hub/instances.ts';
import { deploymentUrls } from './deployment-urls.ts';
import type { Call } from './handle.ts';
import { ProblemError } from './problem.ts';

const querySchema = z.strictObject({
  status: z.enum(deploymentStatuses, `must be one of ${deploymentStatuses.join(', ')}`).optional(),
  top: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(200, 'must be at most 200')
    .default(50),
  /** Where the page before ended. */
  after: z
    .string()
    .regex(/^\d{1,15}~[a-z0-9-]{1,64}$/, 'must be taken from a nextLink')
    .optional(),
  /** The function key may travel in the URL. */
  code: z.string().optional(),
});

/** `GET /api/deployments?status=…&top=…`: the deployments, newest first. */
export const listDeployments = async ({ request, context }: Call): Promise<HttpResponseInit> => {
  const { status, top, after } = parseQuery(request);
  const [deployments, undos] = await Promise.all([
    listInstances(context, deploymentInstancePrefix),
    listInstances(context, undoInstancePrefix),
  ]);
  const undoOf = new Map(undos.map((undo) => [undo.instanceId.slice(undoInstancePrefix.length), undo]));
  const statusOf = (instance: Instance): DeploymentStatus => {
    const undo = undoOf.get(deploymentIdOf(instance.instanceId) ?? '');
    return statusWithUndo(instance, undo && isUndoOf(instance, undo) ? undo : undefined);
  };
  const listed = deployments
    .filter((instance) => status === undefined || statusOf(instance) === status)
    .map((instance) => ({ instance, key: sortKey(instance) }))
    .toSorted((a, b) => (isNewer(a.key, b.key) ? -1 : 1))
    .filter(({ key }) => after === undefined || isNewer(after, key));
  const page = listed.slice(0, top);
  const last = page.at(-1);
  return {
    headers: { 'Cache-Control': 'no-store' },
    jsonBody: {
      deployments: page.map(({ instance }) => toListItem(request, instance, statusOf(instance))),
      ...(last && listed.length > top && { nextLink: nextLink(request, last.key) }),
    },
  };
};

const parseQuery = (request: HttpRequest): z.infer<typeof querySchema> => {
  const parsed = querySchema.safeParse(Object.fromEntries(request.query));
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((field) => ({ field, message: 'is not known; known are status, top and after' }))
      : [{ field: issue.path.join('.'), message: issue.message }],
  );
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  throw new ProblemError(400, 'invalid-request', 'The request breaks a rule', `${detail}.`, { extensions: { errors } });
};

/** Instant and id, so that two deployments of the same second have an order too. */
const sortKey = ({ createdTime, instanceId }: Instance): string =>
  `${createdTime.getTime()}~${deploymentIdOf(instanceId) ?? ''}`;

const isNewer = (a: string, b: string): boolean => {
  const [timeA = '', idA = ''] = a.split('~');
  const [timeB = '', idB = ''] = b.split('~');
  return timeA === timeB ? idA < idB : Number(timeA) > Number(timeB);
};

const toListItem = (request: HttpRequest, instance: Instance, status: DeploymentStatus) => {
  const id = deploymentIdOf(instance.instanceId) ?? instance.instanceId;
  return {
    id,
    status,
    createdAt: instance.createdTime.toISOString(),
    lastUpdatedAt: instance.lastUpdatedTime.toISOString(),
    urls: deploymentUrls(request, id),
  };
};

/** The address of the next page, without the caller's key. */
const nextLink = (request: HttpRequest, after: string): string => {
  const url = new URL(request.url);
  url.searchParams.delete('code');
  url.searchParams.set('after', after);
  return url.href;
};
