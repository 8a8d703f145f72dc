import { describe, expect, it } from 'vitest';
import { boundedInspection, boundedResult } from '../../src/activities/within-bounds.ts';
import { recordExchange } from '../../src/azure/exchange.ts';
import { finding } from '../../src/deployment/plan/finding.ts';

const done = (value: unknown, more: object = {}) =>
  ({ kind: 'done', value, change: 'created', resourceId: '/x', ...more }) as const;

const TOO_LONG = { failure: { code: 'AnswerTooLong', correlationId: 'id' } };

const bounded = (result: Parameters<typeof boundedResult>[0]) =>
  recordExchange({ correlationId: 'id' }, async () => boundedResult(result));

describe('what a step reports', () => {
  it('is left as it is within bounds', async () => {
    const results = [
      done({ uri: 'u'.repeat(2048), nodes: 3, zones: ['1'], none: undefined }, { note: 'n'.repeat(1024) }),
      { kind: 'running', usualSeconds: 3, resourceId: '/x', checkpoint: 'c'.repeat(9999) },
      { kind: 'retry', error: { code: 'C', message: 'm', class: 'transient' } },
    ] as const;
    for (const result of results) expect(await bounded(result)).toEqual(result);
  });

  it('has a note that can be read', async () => {
    const note = 'n'.repeat(100_000);
    expect(await bounded(done({}, { note }))).toMatchObject({ note: `${'n'.repeat(1023)}…` });
    expect(await bounded({ kind: 'running', usualSeconds: 3, note })).toMatchObject({
      note: expect.stringMatching(/^n{1023}…$/),
    });
  });

  it.each([
    ['an id', done({}, { resourceId: 'i'.repeat(2049) })],
    ['a digest', done({}, { digest: 'd'.repeat(2049) })],
    ['a value', done({ deep: { list: ['v'.repeat(2049)] } })],
    ['more values than any has', done(Array.from({ length: 1100 }, () => 'v'.repeat(1000)))],
    ['an id while it runs', { kind: 'running', usualSeconds: 1, resourceId: 'i'.repeat(2049) } as const],
  ])('is a permanent error with the request id when %s is too long', async (_, result) => {
    await expect(bounded(result)).rejects.toMatchObject(TOO_LONG);
  });
});

describe('what a plan shows', () => {
  const inspection = { action: 'update', changes: [], resourceId: '/x' } as const;

  it('has changes that can be read', () => {
    const long = 'l'.repeat(100_000);
    const { changes, note } = boundedInspection({
      ...inspection,
      changes: [{ property: `tags.${long}`, from: long, to: 'short' }],
      note: long,
    });
    expect(changes.map(({ property, from, to }) => [property.length, from.length, to])).toEqual([[512, 512, 'short']]);
    expect(note).toHaveLength(1024);
  });

  it('cannot be made of a value that is too long', () => {
    expect(() => boundedInspection({ ...inspection, value: { id: 'i'.repeat(2049) } })).toThrow('AnswerTooLong');
  });

  it('says in a finding what can be read', () => {
    expect(finding('not-checked', 'm'.repeat(9999)).message).toHaveLength(2048);
  });
});
