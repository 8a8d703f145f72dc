import { expect, it } from 'vitest';
import type { StepStatus } from '../../../src/deployment/driver/step.ts';
import { StepBoard } from '../../../src/orchestrators/driver/step-board.ts';
import { play } from './made-up-durable.ts';

const step = (name: string, state: StepStatus['state']): StepStatus => ({ name, state, attempts: 1, polls: 0 });

const error = { step: 'cluster', code: 'Conflict', message: 'busy', class: 'permanent' as const };

/** The custom statuses that a board sets. */
const statusesOf = (use: (board: StepBoard) => void, run?: string) =>
  play(
    function* (context) {
      use(new StepBoard(context, run));
      yield context.df.callActivity('anything', {});
    },
    { major: 3 },
  ).statuses;

it('shows each step as it is now, in the order of their beginning', () => {
  const statuses = statusesOf((board) => {
    board.update(step('registry', 'Running'));
    board.update(step('cluster', 'Running'));
    board.update(step('registry', 'Succeeded'));
    expect(board.records.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'registry Succeeded',
      'cluster Running',
    ]);
  }, 'r1');
  expect(statuses).toEqual([
    { run: 'r1', steps: [step('registry', 'Running')] },
    { run: 'r1', steps: [step('registry', 'Running'), step('cluster', 'Running')] },
    { run: 'r1', steps: [step('registry', 'Succeeded'), step('cluster', 'Running')] },
  ]);
});

it('leaves out what there is nothing to say of', () => {
  expect(statusesOf((board) => board.warn([]))).toEqual([{ steps: [] }]);
});

it('keeps what it was given until it is given something else', () => {
  const finding = {
    rule: 'quota',
    severity: 'error' as const,
    message: 'too few cores',
    remedy: 'ask for more',
    help: 'quota.md',
  };
  const approval = { state: 'Awaiting' as const, requestedAt: 'a', expiresAt: 'b' };
  const by = { id: '1', name: 'alice', kind: 'user' as const };
  const statuses = statusesOf((board) => {
    board.wait('its turn');
    board.warn(['old version']);
    board.wait(undefined);
    board.refuse([finding]);
    board.approve(approval);
    board.fail(error);
    board.cancel(by);
  });
  expect(statuses).toMatchObject([
    { waiting: 'its turn' },
    { waiting: 'its turn', warnings: ['old version'] },
    { warnings: ['old version'] },
    { findings: [finding] },
    { approval },
    { error },
    { cancelled: true, cancelledBy: by },
  ]);
  expect(statuses[2]).not.toHaveProperty('waiting');
  expect(statuses.at(-1)).toEqual({
    steps: [],
    warnings: ['old version'],
    findings: [finding],
    approval,
    error,
    cancelled: true,
    cancelledBy: by,
  });
});
