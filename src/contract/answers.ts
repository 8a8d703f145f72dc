import { z } from 'zod';
import { roles } from '../callers/role.ts';
import { callbackViewSchema } from '../deployment/callbacks/callback-view.ts';
import { stepStatusSchema } from '../deployment/driver/step.ts';
import { findingSchema } from '../deployment/plan/finding.ts';
import { planActions } from '../deployment/plan/inspection.ts';
import { actorSchema } from '../deployment/run/actor.ts';
import { approvalSchema } from '../deployment/run/approval.ts';
import { deployedSchema } from '../deployment/run/deployed.ts';
import { deploymentErrorSchema, earlierRunSchema } from '../deployment/run/deployment-run.ts';
import { deploymentStatuses } from '../deployment/run/deployment-status.ts';
import { driftReportSchema, driftSummarySchema } from '../deployment/run/drift.ts';
import { expiryViewSchema } from '../deployment/run/expiry.ts';
import { keptResponseSchema } from '../status/kept-response.ts';

const instant = z.iso.datetime();
const url = z.url();

const status = z.enum(deploymentStatuses).meta({ title: 'Status' });

export const urlsSchema = z
  .object({
    status: url,
    result: url,
    outputs: url,
    kubeconfig: url,
    cancel: url,
    approve: url.optional(),
    reject: url.optional(),
  })
  .meta({ description: 'Where the deployment can be watched and acted upon. Absolute.' });

const identified = {
  id: z.string().meta({ title: 'Deployment id' }),
  run: z.string().meta({ title: 'Run', description: 'Different each time the deployment is applied.' }),
  status,
};

export const namesSchema = z
  .object({
    subscriptionId: z.string(),
    location: z.string(),
    resourceGroupName: z.string(),
    identityName: z.string(),
    keyVaultName: z.string(),
    registryName: z.string(),
    storageAccountName: z.string(),
    storageContainerName: z.string(),
    clusterName: z.string(),
  })
  .meta({ description: 'Every name, those that the request left open decided.' });

/** 202 of a start, a cancel, a delete, and of the result while it is not there. */
const afterCancelSchema = z
  .object({
    operations: z.array(
      z.object({
        step: z.string(),
        resourceId: z.string(),
        state: z.enum(['Running', 'Succeeded', 'Failed']),
        endedAt: instant.optional(),
      }),
    ),
    andDelete: z.boolean().meta({ description: 'Whether the service deletes the deployment once they have ended.' }),
    remedy: z.string().meta({ description: 'What to do.' }),
  })
  .meta({ description: 'The operations that Azure continues, and bills, though the deployment was cancelled.' });

export const acceptedSchema = z.object({
  ...identified,
  urls: urlsSchema,
  names: namesSchema.optional(),
  afterCancel: afterCancelSchema.optional(),
});

export const stepSchema = stepStatusSchema.extend({
  waitsFor: z.array(z.string()).meta({ description: 'The steps whose end it waits for.' }),
});

const createdAt = instant.meta({
  description: 'When the deployment was created. It stays from run to run; one that was deleted is created anew.',
});

/** What exists beside what was tried last. */
const deployed = deployedSchema.meta({
  description:
    'What exists: the last run that succeeded. Outputs, kubeconfig and drift speak of it, the rest of the latest run. Absent when none has succeeded, or it was deleted.',
});

const driftInShort = driftSummarySchema.omit({ run: true }).meta({ description: 'The last check for drift.' });

export const deploymentDocumentSchema = z.object({
  ...identified,
  createdAt,
  startedAt: instant.meta({ description: 'When the run was asked for.' }),
  lastUpdatedAt: instant,
  requestedBy: actorSchema.optional(),
  cancelledBy: actorSchema.optional(),
  correlationId: z.string().optional(),
  names: namesSchema,
  steps: z.array(stepSchema),
  warnings: z.array(z.string()),
  findings: z
    .array(findingSchema)
    .optional()
    .meta({ description: 'What the preflight found, when it refused the deployment.' }),
  waiting: z.string().optional().meta({ description: 'Why nothing has begun yet.' }),
  reason: z.string().optional().meta({
    description: 'Why it ended without a failure of its own, or that another version of the service recorded it.',
  }),
  approval: approvalSchema.optional(),
  callback: callbackViewSchema.optional(),
  expiry: expiryViewSchema.optional(),
  drift: driftInShort.optional(),
  error: deploymentErrorSchema.optional(),
  afterCancel: afterCancelSchema.optional(),
  undo: z
    .object({
      status,
      requestedBy: actorSchema.optional(),
      steps: z.array(stepStatusSchema),
      deleted: z.array(z.string()).meta({ description: 'The resource ids of what is gone.' }),
      kept: z.array(keptResponseSchema).meta({ description: 'What stays, and why.' }),
    })
    .optional()
    .meta({ description: 'Present once the deployment is being undone.' }),
  deployed: deployed
    .extend({
      expiry: expiryViewSchema
        .optional()
        .meta({ description: 'When what exists expires, if the latest run is another one.' }),
    })
    .optional(),
  earlierRuns: z.array(earlierRunSchema),
  urls: urlsSchema,
});

export const deploymentListSchema = z.object({
  deployments: z.array(
    z.object({
      id: z.string(),
      run: z.string().optional(),
      status,
      createdAt,
      startedAt: instant.meta({ description: 'When the run was asked for.' }),
      lastUpdatedAt: instant,
      requestedBy: actorSchema.optional(),
      correlationId: z.string().optional(),
      resourceGroupName: z.string().optional(),
      location: z.string().optional(),
      deployed: deployed.optional(),
      drift: driftInShort.optional(),
      reason: z.string().optional().meta({
        description: 'Present when another version of the service recorded it, and this one cannot read all of it.',
      }),
      urls: urlsSchema,
    }),
  ),
  nextLink: url.optional().meta({ description: 'The next page; absent on the last.' }),
});

export const outputsSchema = z
  .record(z.string(), z.string())
  .meta({ description: "Every variable that the tutorial exports, under the tutorial's name." });

export const resultSchema = z.object({
  ...identified,
  outputs: outputsSchema.optional().meta({ description: 'Present when it succeeded.' }),
  warnings: z.array(z.string()),
});

export const planSchema = z.object({
  id: z.string(),
  hash: z.string().meta({ description: 'To be sent as planHash. It starts nothing while a step is unknown.' }),
  names: namesSchema,
  summary: z.object({ create: z.int(), update: z.int(), unchanged: z.int(), unknown: z.int() }),
  steps: z.array(
    z.object({
      name: z.string(),
      action: z.enum(planActions).meta({ description: 'unknown: what exists could not be read; the note says why.' }),
      waitsFor: z.array(z.string()),
      critical: z.boolean().meta({ description: 'Whether it is on the critical path.' }),
      usualSeconds: z.number(),
      resourceId: z.string(),
      changes: z.array(z.object({ property: z.string(), from: z.string(), to: z.string() })),
      note: z.string().optional(),
    }),
  ),
  criticalPath: z.object({ steps: z.array(z.string()), usualSeconds: z.number() }),
  findings: z.array(findingSchema),
  profileDifferences: z
    .array(
      z.object({
        step: z.string(),
        property: z.string(),
        tutorial: z.string(),
        hardened: z.string(),
        because: z.string(),
        nextPart: z.string().meta({ description: "What has to be done otherwise in the tutorial's next part." }),
      }),
    )
    .optional()
    .meta({ description: 'What the profile hardened makes otherwise than the tutorial.' }),
  commands: z.array(z.string()).optional().meta({ description: 'The same as az commands, when asked for.' }),
});

export const driftReportDocumentSchema = driftReportSchema.extend({ id: z.string(), urls: urlsSchema });

/** What a decision on a deployment is answered with. */
export const decidedSchema = z.object({ ...identified, approval: approvalSchema.optional(), urls: urlsSchema });

export const healthSchema = z.object({ status: z.literal('ok') });

export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'A URN that says which problem; stable.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What is wrong with this request, and what to do.' }),
    help: z.string().meta({ description: 'The page of the documentation.' }),
    id: z.string().optional(),
    run: z.string().optional(),
    urls: urlsSchema.optional(),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'The fields at fault.' }),
    paths: z.array(z.string()).optional(),
    deploymentStatus: status.optional(),
    deployed: deployed.optional(),
    warnings: z.array(z.string()).optional(),
    error: deploymentErrorSchema.optional(),
    afterCancel: afterCancelSchema.optional(),
    findings: z.array(findingSchema).optional(),
    reason: z.string().optional(),
    roles: z.array(z.enum(roles)).optional().meta({ description: 'The app roles one of which is needed.' }),
    approval: approvalSchema.optional(),
    moved: z.array(z.string()).optional().meta({ description: 'What changed since the plan was made.' }),
    unchecked: z.array(z.string()).optional().meta({ description: 'The steps that could not be read.' }),
    planHash: z.string().optional().meta({ description: "Today's plan." }),
    summary: planSchema.shape.summary.optional(),
    place: z
      .object({ subscriptionId: z.string(), resourceGroupName: z.string() })
      .optional()
      .meta({ description: 'Where the deployment is that has the id.' }),
    suggestedId: z.string().optional().meta({ description: 'An id that is free for this request.' }),
  })
  .meta({ description: 'application/problem+json (RFC 9457).' });
