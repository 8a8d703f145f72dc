import { describe, expect, it } from 'vitest';
import { changesOf, NO_PROGRESS, type Progress } from '../../cli/output/progress.ts';
import { summaryLines } from '../../cli/output/summary.ts';
import type { Status, Step } from '../../cli/service/status-schema.ts';

const START = Date.parse('2026-11-23T13:00:00.000Z');

const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

const step = (name: string, state: string, rest: Partial<Step> = {}): Step => ({ name, state, attempts: 1, ...rest });

const running = (name: string, since: number): Step => step(name, 'Running', { startedAt: at(since) });

const status = (steps: readonly Step[], rest: Partial<Status> = {}): Status => ({
  id: 'a',
  run: '1',
  status: 'Running',
  createdAt: at(0),
  names: { resourceGroupName: 'g', location: 'l' },
  steps: [...steps],
  warnings: [],
  ...rest,
});

/** What is said at each answer. */
const saidAt = (looks: readonly (readonly [seconds: number, seen: Status])[]): string[][] => {
  let progress: Progress = NO_PROGRESS;
  return looks.map(([seconds, seen]) => {
    const changes = changesOf(progress, seen, START + seconds * 1000);
    progress = changes.progress;
    return [...changes.happened.map(({ line }) => line), ...changes.goingOn];
  });
};

describe("progress, in Terraform's wording", () => {
  it('a step from its beginning to its end', () => {
    const done = step('cluster', 'Succeeded', {
      startedAt: at(0),
      endedAt: at(385),
      change: 'created',
      resourceId: '/x',
    });
    expect(
      saidAt([
        [0, status([step('cluster', 'Waiting')])],
        [0, status([running('cluster', 0)])],
        [9, status([running('cluster', 0)])],
        [80, status([running('cluster', 0)])],
        [85, status([running('cluster', 0)])],
        [390, status([done])],
        [400, status([done])],
      ]),
    ).toEqual([
      [],
      ['cluster: Creating...'],
      [],
      ['cluster: Still creating... [1m20s elapsed]'],
      [],
      ['cluster: Creation complete after 6m25s [id=/x]'],
      [],
    ]);
  });

  it('what is said says what was done', () => {
    const ended = (name: string, change: string) =>
      step(name, 'Succeeded', { startedAt: at(0), endedAt: at(20), change });
    const steps = [
      ended('cluster', 'updated'),
      ended('storage', 'unchanged'),
      ended('image:a:1', 'created'),
      ended('connect', 'unchanged'),
    ];
    expect(saidAt([[20, status(steps)]])[0]?.filter((line) => line.includes('after'))).toEqual([
      'cluster: Modifications complete after 20s',
      'storage: No changes after 20s',
      'image:a:1: Import complete after 20s',
      'connect: Connection complete after 20s',
    ]);
  });

  it('what ended comes before what then began', () => {
    const first = step('storage', 'Succeeded', { startedAt: at(0), endedAt: at(30), change: 'created' });
    expect(saidAt([[31, status([running('container', 30), first])]])[0]).toEqual([
      'storage: Creating...',
      'storage: Creation complete after 30s',
      'container: Creating...',
    ]);
  });

  it('every failed attempt is shown, and the last one', () => {
    const error = { code: 'AllocationFailed', message: 'No capacity.' };
    const retrying = (attempts: number) => step('cluster', 'Retrying', { startedAt: at(0), attempts, error });
    const failed = step('cluster', 'Failed', { startedAt: at(0), endedAt: at(90), attempts: 2, error });
    expect(
      saidAt([
        [1, status([running('cluster', 0)])],
        [20, status([retrying(1)])],
        [25, status([retrying(1)])],
        [60, status([retrying(2)])],
        [90, status([failed])],
      ]),
    ).toEqual([
      ['cluster: Creating...'],
      ['cluster: Trying again after AllocationFailed... [20s elapsed]'],
      [],
      ['cluster: Trying again after AllocationFailed... [1m00s elapsed]'],
      ['cluster: Creation failed after 1m30s: AllocationFailed'],
    ]);
  });

  it('why nothing has begun, once', () => {
    const waiting = status([], { waiting: 'At place 3.' });
    const approval = status([], { status: 'AwaitingApproval', approval: { state: 'Awaiting', expiresAt: at(60) } });
    expect(
      saidAt([
        [0, waiting],
        [10, waiting],
        [20, approval],
      ]),
    ).toEqual([['At place 3.'], [], [`Waiting for approval until ${at(60)}.`]]);
  });

  it('of an undo, what is destroyed', () => {
    const undone = (state: string, rest: Partial<Step> = {}) =>
      status([step('cluster', 'Succeeded', { startedAt: at(-100), endedAt: at(-50) })], {
        status: 'Deleting',
        undo: { status: 'Running', steps: [step('delete:cluster', state, { startedAt: at(0), ...rest })] },
      });
    expect(
      saidAt([
        [0, undone('Running')],
        [60, undone('Running')],
        [99, undone('Succeeded', { endedAt: at(99), change: 'deleted' })],
      ]),
    ).toEqual([
      ['cluster: Destroying...'],
      ['cluster: Still destroying... [1m00s elapsed]'],
      ['cluster: Destruction complete after 1m39s'],
    ]);
  });
});

describe('how it ended', () => {
  const lines = (seen: Status): string => summaryLines(seen, (_, text) => text).join('\n');
  const steps = [
    step('a', 'Succeeded', { change: 'created' }),
    step('b', 'Succeeded', { change: 'created' }),
    step('c', 'Succeeded', { change: 'updated' }),
    step('d', 'Succeeded', { change: 'unchanged' }),
    step('e', 'Skipped'),
  ];

  it('well: with warnings', () => {
    const seen = status(steps, { status: 'Succeeded', warnings: ['An image moved.'] });
    expect(lines(seen)).toBe(
      'Warning: An image moved.\nApply complete! Resources: 2 added, 1 changed, 0 destroyed. 1 unchanged.',
    );
  });

  it('badly: with what to do', () => {
    const error = {
      step: 'cluster',
      code: 'QuotaExceeded',
      message: 'No cores.',
      remedy: 'Ask for more.',
      correlationId: 'c-1',
    };
    expect(lines(status(steps, { status: 'Failed', error }))).toBe(
      [
        'Error: cluster: QuotaExceeded',
        '',
        '  No cores.',
        '',
        '  What to do: Ask for more.',
        '',
        "  Azure's correlation id: c-1",
        '',
        'Apply failed. Resources: 2 added, 1 changed, 0 destroyed.',
      ].join('\n'),
    );
  });

  it('refused by the preflight: with every reason', () => {
    const error = { step: 'preflight', code: 'PreflightFailed', message: 'a: No cores. b: Name taken.' };
    const findings = ['a', 'b'].map((rule) => ({ rule, severity: 'error', message: `About ${rule}.`, remedy: 'Act.' }));
    expect(lines(status([], { status: 'Failed', error, findings }))).toBe(
      'Error: a\n  About a.\n  What to do: Act.\nError: b\n  About b.\n  What to do: Act.\n\nApply failed. Resources: 0 added, 0 changed, 0 destroyed.',
    );
  });

  it('by request, or undone', () => {
    expect(lines(status(steps, { status: 'Cancelled', reason: 'Rejected by Ann.' }))).toContain('Rejected by Ann.');
    const undo = { status: 'Succeeded', steps: [step('delete:a', 'Succeeded', { change: 'deleted' })] };
    expect(lines(status(steps, { status: 'Deleted', undo }))).toBe('Destroy complete! Resources: 1 destroyed.');
    const kept = [{ id: '/theirs', reason: 'The deployment did not make it.' }];
    expect(lines(status(steps, { status: 'Deleted', undo: { ...undo, kept } }))).toBe(
      'Kept: /theirs. The deployment did not make it.\nDestroy complete! Resources: 1 destroyed.',
    );
    const remedy = 'Tag it.\naz tag update --resource-id /own';
    const error = { step: 'find', code: 'OwnerTagMissing', message: 'No tag.', remedy };
    expect(lines(status(steps, { status: 'Failed', undo: { ...undo, kept }, error }))).toContain(
      '  What to do: Tag it.\n  az tag update --resource-id /own',
    );
  });
});
