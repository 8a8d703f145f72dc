import { describe, expect, it } from 'vitest';
import { storedRunSchema } from '../../src/deployment/run/stored/stored-run.ts';
import type { StoredStep } from '../../src/deployment/run/stored/stored-status.ts';
import { isRoleAssignment, knowsAllMade, madeByRuns } from '../../src/steps/made-by-runs.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { deploymentAir } from '../support/call-activity.ts';

const STORAGE = `${GROUP}/providers/Microsoft.Storage/storageAccounts/stair`;
const ROLE = `${GROUP}/providers/X/y/z/providers/Microsoft.Authorization/roleAssignments/a`;
const EARLIER = { run: 'q', status: 'Failed', startedAt: 's', endedAt: 'e' };

const runOf = (rest: object = {}) => storedRunSchema.parse({ run: 'r', deployment: deploymentAir(), ...rest });

const made = (step: Partial<StoredStep>, { body = {}, run = {} }: { body?: object; run?: object } = {}) => {
  const name = step.name ?? 'storage';
  const steps = new Map([[name, { name, state: 'Succeeded', attempts: 1, polls: 0, ...step }]]);
  return madeByRuns({ run: runOf(run), deployment: deploymentAir(body) }, steps);
};

describe('what runs made', () => {
  it.each<[string, Partial<StoredStep>]>([
    ['was created', { change: 'created' }],
    ['was being created when the run was stopped', { state: 'Cancelled', resourceId: STORAGE }],
    ['was being created when the run failed', { state: 'Failed', resourceId: STORAGE }],
    ['may have been created by a request whose answer was lost', { change: 'unchanged', wrote: true }],
  ])('%s', (_, step) => {
    expect(made(step)).toEqual([STORAGE]);
  });

  it.each<[string, Partial<StoredStep>]>([
    ['was there as wanted', { change: 'unchanged' }],
    ['was there and was changed', { change: 'updated' }],
    ['could not be read', { state: 'Failed' }],
    ['was never begun', { name: 'cluster', state: 'Skipped' }],
    ['makes no resource', { name: 'connect', change: 'created', resourceId: STORAGE }],
  ])('is not what %s', (_, step) => {
    expect(made(step)).toEqual([]);
  });

  it('is not what the request names in existing', () => {
    const body = {
      registryName: undefined,
      existing: { registryId: `${GROUP}/providers/Microsoft.ContainerRegistry/registries/regair` },
    };
    expect(made({ name: 'registry', change: 'created' }, { body })).toEqual([]);
  });

  it('are roles too, by the ids of their assignments', () => {
    expect(made({ name: 'acr-pull', change: 'created', resourceId: ROLE })).toEqual([ROLE]);
    expect(made({ name: 'acr-pull', change: 'unchanged', resourceId: ROLE })).toEqual([]);
    expect([isRoleAssignment(ROLE.toUpperCase()), isRoleAssignment(STORAGE)]).toEqual([true, false]);
  });

  it('is what earlier runs made as well, each once, and not without end', () => {
    expect(made({ change: 'created' }, { run: { made: ['/old', STORAGE] } })).toEqual([STORAGE, '/old']);
    const many = Array.from({ length: 100 }, (_, index) => `/${index}`);
    expect(made({ change: 'created' }, { run: { made: many } })).toHaveLength(60);
  });
});

it.each([
  ['the first run', { earlierRuns: [] }, true],
  ['a later run of a release that recorded it', { earlierRuns: [EARLIER], made: [] }, true],
  ['a later run of a release that did not', { earlierRuns: [EARLIER] }, false],
])('all that was made is known of %s: %#', (_, rest, known) => {
  const run = runOf(rest);
  expect(knowsAllMade({ run, earlierRuns: run.earlierRuns })).toBe(known);
  expect(knowsAllMade({ run: undefined, earlierRuns: [] })).toBe(false);
});
