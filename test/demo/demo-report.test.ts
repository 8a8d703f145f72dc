import { describe, expect, it } from 'vitest';
import { failureLines, reportLines } from '../../local/cli/demo/demo-report.ts';
import { summarize } from '../../local/timing/modelled-summary.ts';
import { modelledTimes } from '../../local/timing/modelled-times.ts';
import { type DeploymentStatus, deploymentStatusSchema } from '../../local/world/deployment-status.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
const group = '/subscriptions/s/resourceGroups/airflow';

const status = (more: object = {}): DeploymentStatus =>
  deploymentStatusSchema.parse({
    id: 'airflow',
    status: 'Succeeded',
    createdAt: at(0),
    startedAt: at(0),
    lastUpdatedAt: at(104),
    steps: [
      {
        name: 'resource-group',
        waitsFor: [],
        state: 'Succeeded',
        startedAt: at(1),
        endedAt: at(3),
        attempts: 1,
        polls: 0,
      },
      {
        name: 'cluster',
        waitsFor: ['resource-group'],
        state: 'Succeeded',
        startedAt: at(3),
        endedAt: at(103),
        attempts: 1,
        polls: 9,
        note: 'Two of three zones were free.',
      },
      { name: 'connect', waitsFor: ['cluster'], state: 'Waiting', attempts: 0, polls: 0 },
    ],
    ...more,
  });

const times = modelledTimes(status().steps, [
  { resourceId: group, operation: 'create', kind: 'synchronous', startedAt: 0, endsAt: 2_000 },
  {
    resourceId: `${group}/providers/Microsoft.ContainerService/managedClusters/aks`,
    operation: 'create',
    kind: 'asynchronous',
    startedAt: 2_000,
    endsAt: 100_000,
  },
]);

describe('reportLines', () => {
  it('draws the timeline and sets the makespan beside the critical path and one after another', () => {
    expect(summarize(status(), times)).toEqual({
      makespanSeconds: 103,
      criticalPathSeconds: 100,
      sequentialSeconds: 100,
    });
    const text = reportLines(status(), times, 80).join('\n');
    expect(text).toMatch(/^\* cluster +█+ +1m40s$/m);
    expect(text).toMatch(/^\* connect +–$/m);
    expect(text).toMatch(/^This deployment +1m43s +1\.030 × the critical path$/m);
    expect(text).toMatch(/^Critical path +1m40s /m);
    expect(text).toContain('Note: cluster: Two of three zones were free.');
  });

  it('says each warning once', () => {
    const warned = status({ warnings: ['Two of three zones were free.'] });
    expect(reportLines(warned, times, 80).filter((line) => line.includes('zones'))).toEqual([
      'Note: Two of three zones were free.',
    ]);
  });
});

describe('failureLines', () => {
  it('names the step, Azure’s words, the correlation id and the remedy', () => {
    const error = {
      step: 'cluster',
      code: 'QuotaExceeded',
      message: 'Too many cores.',
      correlationId: '0c0ffee0',
      remedy: 'Ask for more vCPUs.',
    };
    expect(failureLines(status({ status: 'Failed', error }))).toEqual([
      'Failed: cluster: QuotaExceeded: Too many cores.',
      "Azure's correlation id: 0c0ffee0",
      'What to do: Ask for more vCPUs.',
    ]);
  });

  it('has something to say about a deployment that was cancelled', () => {
    expect(failureLines(status({ status: 'Cancelled' }))).toEqual(['The deployment ended as Cancelled.']);
  });
});
