import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import { mayReach } from '../callers/may-reach.ts';
import {
  deploymentInstancePrefix,
  driftInstanceId,
  driftInstancePrefix,
  undoInstancePrefix,
} from '../deployment/names/instance-ids.ts';
import { deploymentRequestSchema } from '../deployment/request/deployment-request.ts';
import { deployedResponse, unchangedRun, type WhatExists } from '../deployment/run/deployed.ts';
import { type DeploymentRecord, recordOf } from '../deployment/run/deployment-record.ts';
import {
  type DeploymentStatus,
  deploymentStatuses,
  isUndoOf,
  statusWithUndo,
} from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { driftOf } from '../deployment/run/stored/stored-drift.ts';
import { whatExists } from '../deployment/run/what-exists.ts';
import { unreadableReason } from '../status/unreadable-reason.ts';
import { findBranches } from '../task-hub/find-branches.ts';
import type { TaskHub } from '../task-hub/task-hub.ts';
import { apiRoot } from './http/api-root.ts';
import { deploymentUrls } from './http/deployment-urls.ts';
import type { Call } from './http/handle.ts';
import { keyInQuery, parseQuery } from './http/parse-query.ts';

const instant = z.union(
  [
    z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
    // A day begins at midnight in UTC.
    z.iso.date().transform((text) => new Date(text)),
  ],
  'must be an instant or a day of ISO 8601, such as 2026-11-23T13:00:00Z or 2026-11-23 (a + is written %2B)',
);

const querySchema = z
  .strictObject({
    status: z.enum(deploymentStatuses, `must be one of ${deploymentStatuses.join(', ')}`).optional(),
    correlationId: deploymentRequestSchema.shape.correlationId,
    createdAfter: instant.optional(),
    createdBefore: instant.optional(),
    // Digits alone: Number() would also take "0x10", "1e2" and " 5".
    top: z
      .string()
      .regex(/^-?\d{1,9}$/, 'must be a whole number')
      .transform(Number)
      .pipe(z.number().min(1, 'must be at least 1').max(200, 'must be at most 200'))
      .default(50),
    /** Where the page before ended. */
    after: z
      .string()
      .regex(/^\d{1,15}~[a-z0-9-]{1,64}$/, 'must be taken from a nextLink')
      .optional(),
    ...keyInQuery,
  })
  .refine(({ createdAfter, createdBefore }) => !createdAfter || !createdBefore || createdAfter < createdBefore, {
    path: ['createdBefore'],
    message: 'must be later than createdAfter',
  });

type Query = z.output<typeof querySchema>;

/** `GET /api/deployments?status=…&correlationId=…&createdAfter=…&createdBefore=…&top=…`: the deployments, newest first. */
export const listDeployments = async ({ request, hub, caller, needs }: Call): Promise<HttpResponseInit> => {
  const query = parseQuery(request, querySchema);
  const { top, after, createdAfter } = query;
  const [deployments, undos, drifts] = await Promise.all([
    hub.list(deploymentInstancePrefix, {
      showInput: true,
      // No instance is older than its deployment. Many are younger: one that was created before an instant may have begun its latest run after it.
      createdFrom: createdAfter,
    }),
    hub.list(undoInstancePrefix),
    hub.list(driftInstancePrefix),
  ]);
  const driftById = new Map(drifts.map((drift) => [drift.instanceId, drift]));
  const undoOf = new Map(undos.map((undo) => [undo.instanceId.slice(undoInstancePrefix.length), undo]));
  const listed = deployments
    .map((instance) => toListed(instance, undoOf))
    .filter(({ record }) => mayReach(caller, needs, record))
    .filter((deployment) => isAskedFor(deployment, query))
    .toSorted((a, b) => (isNewer(a.key, b.key) ? -1 : 1))
    .filter(({ key }) => after === undefined || isNewer(after, key));
  const page = listed.slice(0, top);
  const last = page.at(-1);
  const items = page.map(async (deployment) =>
    toListItem(
      request,
      deployment,
      await existsOf(hub, deployment),
      driftById.get(driftInstanceId(deployment.record.id)),
    ),
  );
  return {
    headers: { 'Cache-Control': 'no-store' },
    jsonBody: {
      deployments: await Promise.all(items),
      ...(last && listed.length > top && { nextLink: nextLink(request, last.key) }),
    },
  };
};

/** A deployment on its way into the list. */
interface Listed {
  readonly instance: Instance;
  readonly undo: Instance | undefined;
  readonly record: DeploymentRecord;
  readonly status: DeploymentStatus;
  readonly key: string;
}

const toListed = (instance: Instance, undoOf: ReadonlyMap<string, Instance>): Listed => {
  const record = recordOf(instance);
  const found = undoOf.get(record.id);
  const undo = found && isUndoOf(instance, found) ? found : undefined;
  return { instance, undo, record, status: statusWithUndo(instance, undo), key: sortKey(record) };
};

/** What exists; the branches are read where they alone know what the latest run has changed. */
const existsOf = async (hub: TaskHub, { instance, undo, record, status }: Listed): Promise<WhatExists> => {
  const isChanging = record.inherited.deployed !== undefined && status !== 'Succeeded' && status !== 'Deleted';
  return whatExists(record, instance, isChanging ? await findBranches(hub, record) : [], undo);
};

const isAskedFor = (
  { record, status }: Listed,
  { status: asked, correlationId: caller, createdAfter, createdBefore }: Query,
): boolean =>
  (asked === undefined || status === asked) &&
  (caller === undefined || record.correlationId === caller) &&
  (createdAfter === undefined || record.createdAt > createdAfter) &&
  (createdBefore === undefined || record.createdAt < createdBefore);

/** Instant and id, so that two deployments of the same second have an order too. */
const sortKey = ({ createdAt, id }: DeploymentRecord): string => `${createdAt.getTime()}~${id}`;

const isNewer = (a: string, b: string): boolean => {
  const [timeA = '', idA = ''] = a.split('~');
  const [timeB = '', idB = ''] = b.split('~');
  return timeA === timeB ? idA < idB : Number(timeA) > Number(timeB);
};

const toListItem = (
  request: HttpRequest,
  { instance, record, status }: Listed,
  exists: WhatExists,
  drift: Instance | undefined,
) => {
  const deployed = deployedResponse(exists);
  const { id, runId, run, requestedBy, correlationId, deployment } = record;
  return {
    id,
    run: runId,
    status,
    createdAt: record.createdAt.toISOString(),
    startedAt: instance.createdTime.toISOString(),
    lastUpdatedAt: instance.lastUpdatedTime.toISOString(),
    ...(requestedBy && { requestedBy }),
    ...(correlationId !== undefined && { correlationId }),
    ...(deployment && { resourceGroupName: deployment.resourceGroupName, location: deployment.location }),
    ...(!run && { reason: unreadableReason(record) }),
    ...(deployed && { deployed }),
    ...(drift && driftOf(unchangedRun(exists), drift)),
    urls: deploymentUrls(request, id),
  };
};

/** The address of the next page, without the caller's key. */
const nextLink = (request: HttpRequest, after: string): string => {
  const url = new URL(`${apiRoot(request)}/deployments`);
  url.search = new URL(request.url).search;
  url.searchParams.delete('code');
  url.searchParams.set('after', after);
  return url.href;
};
