import type { z } from 'zod';
import { apiVersionOf } from '../azure/settings/api-versions.ts';
import { findUnderWay } from '../deployment/contracts/follow-contracts.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { deploymentInstanceId } from '../deployment/names/instance-ids.ts';
import { recordOf } from '../deployment/run/deployment-record.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import { recordedSteps } from '../deployment/run/recorded-steps.ts';
import { branchInstanceIds } from '../steps/branch-instance-ids.ts';
import { graphOf } from '../steps/graph.ts';
import type { TaskHubActivity } from '../task-hub/activity.ts';
import { requestCancel } from '../task-hub/request-cancel.ts';
import { stepActivity } from './step-activity.ts';

const NOTHING: ReconcileResult<z.output<typeof findUnderWay.value>> = {
  kind: 'done',
  value: { operations: [] },
  change: 'unchanged',
};

/** Waits until a cancelled run has stopped; a branch that began after the cancel is asked to stop now. */
export const findUnderWayActivity: TaskHubActivity = (hub) =>
  stepActivity(findUnderWay, async ({ deploymentId, run }) => {
    const instance = await hub.find(deploymentInstanceId(deploymentId));
    if (!instance) return NOTHING;
    const record = recordOf(instance);
    const { deployment } = record;
    if (!deployment || record.runId !== run) return NOTHING;
    const steps = record.run?.steps;
    if (!hasEnded(deploymentStatus(instance))) {
      await requestCancel(hub, { run, deployment, steps });
      return { kind: 'running', usualSeconds: 5 };
    }
    const branches = await Promise.all(branchInstanceIds({ run, deployment, steps }).map((id) => hub.find(id)));
    const nodes = new Map(graphOf(deployment, steps).all.map(({ name, step }) => [name, step]));
    const operations = [
      ...recordedSteps(
        instance,
        branches.filter((branch) => branch !== undefined),
      ).values(),
    ].flatMap(({ name, resourceId: recorded, underWay }) => {
      const resourceId = recorded ?? nodes.get(name)?.resourceId(deployment);
      if (!underWay || !resourceId) return [];
      const { operation } = underWay;
      const resource = nodes.get(name)?.resource;
      return [
        {
          step: name,
          resourceId,
          ...(operation && { operation }),
          ...(resource && { apiVersion: apiVersionOf(resource) }),
        },
      ];
    });
    return { kind: 'done', value: { operations }, change: 'unchanged' };
  });
