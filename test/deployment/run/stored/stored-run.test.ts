import { describe, expect, it } from 'vitest';
import {
  runSettingsSchema,
  storedEarlierRunSchema,
  storedRunSchema,
} from '../../../../src/deployment/run/stored/stored-run.ts';
import { aDeployment } from '../../../support/a-deployment.ts';

const ada = { id: 'object-id', name: 'Ada', kind: 'user' };

const earlier = {
  run: 'r0',
  status: 'Failed',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: '2026-01-01T00:10:00Z',
  error: 'Conflict',
  requestedBy: ada,
};

const least = { run: 'r1', deployment: aDeployment() };

const whole = {
  ...least,
  schemaVersion: 1,
  hash: 'h',
  settings: { imageImportConcurrency: 3 },
  steps: ['cluster'],
  skipPreflight: true,
  earlierRuns: [earlier],
  deployed: { run: 'r0', endedAt: '2026-01-01T00:10:00Z', deployment: aDeployment(), outputs: { A: 'a' } },
  changedBy: [{ run: 'r0', steps: ['cluster'] }],
  earlier: [aDeployment({ clusterName: 'before' })],
  createdAt: '2026-01-01T00:00:00.000Z',
  approval: { timeoutHours: 2 },
  requestedBy: ada,
  owner: 'object-id',
};

describe('a run that another release stored', () => {
  it('is read whole, with what this release does not know', () => {
    const stored = { ...whole, settings: { ...whole.settings, later: 1 }, approval: { ...whole.approval, later: 1 } };
    expect(storedRunSchema.parse({ ...stored, later: 1 })).toEqual({ ...stored, later: 1 });
  });

  it('has the presets of the service where it says nothing', () => {
    expect(storedRunSchema.parse(least)).toEqual({
      ...least,
      schemaVersion: 1,
      hash: '',
      settings: { imageImportConcurrency: 6 },
      skipPreflight: false,
      earlierRuns: [],
    });
    expect(storedRunSchema.parse({ ...least, approval: {} }).approval).toEqual({ timeoutHours: 24 });
    expect(runSettingsSchema.parse({})).toEqual({ imageImportConcurrency: 6 });
  });

  it.each(Object.keys(least))('is none without %s', (field) => {
    expect(storedRunSchema.safeParse({ ...whole, [field]: undefined }).success).toBe(false);
  });

  it.each([
    ['hash', 7],
    ['settings', 6],
    ['settings', { imageImportConcurrency: 'six' }],
    ['skipPreflight', 'yes'],
    ['earlierRuns', 'none'],
    ['approval', 24],
    ['approval', { timeoutHours: 'PT24H' }],
    ['owner', { id: 'a' }],
    ['schemaVersion', '1'],
  ])('is none when its %s is %j', (field, value) => {
    expect(storedRunSchema.safeParse({ ...whole, [field]: value }).success).toBe(false);
  });

  it('is left alone when its fields have another meaning', () => {
    expect(storedRunSchema.safeParse({ ...whole, schemaVersion: 2 }).success).toBe(false);
  });

  it('is carried out though parts cannot be read that are only shown', () => {
    const inherited = { deployed: { run: 'r0' }, changedBy: [{ run: 'r0' }, 7], earlier: 'none', createdAt: 'once' };
    const odd = { ...whole, ...inherited, requestedBy: 7, steps: 'all', earlierRuns: [earlier, 7, { run: 'r0' }] };
    expect(storedRunSchema.parse(odd)).toEqual({
      ...whole,
      deployed: undefined,
      changedBy: [{ run: 'r0', steps: [] }],
      earlier: undefined,
      createdAt: undefined,
      requestedBy: undefined,
      steps: undefined,
      earlierRuns: [earlier],
    });
  });
});

describe('an earlier run', () => {
  it.each(['run', 'status', 'startedAt', 'endedAt'])('is none without its %s', (field) => {
    expect(storedEarlierRunSchema.safeParse({ ...earlier, [field]: undefined }).success).toBe(false);
  });

  it('may have ended well, and nobody may have asked for it', () => {
    const { error: _, requestedBy: __, ...well } = earlier;
    expect(storedEarlierRunSchema.parse({ ...well, later: 1 })).toEqual({ ...well, later: 1 });
    expect(storedEarlierRunSchema.parse({ ...well, requestedBy: 7 })).toEqual(well);
  });
});
