import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDeeperThan } from '../../src/azure/json-depth.ts';

/** What it should be, by recursion. */
const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe('how deeply JSON is nested', () => {
  it('is what its parsed value says, whatever its texts hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.integer({ min: 0, max: 8 }), (value, most) => {
        for (const text of [JSON.stringify(value), JSON.stringify(value, undefined, 2)]) {
          expect(isDeeperThan(text, most)).toBe(depthOf(value) > most);
        }
      }),
    );
  });

  it.each(['["[[[["]', '["\\"[[["]', '{"\\\\":"[["}', '["\\\\\\"[[["]'])(
    'brackets in texts do not count: %s',
    (text) => {
      expect(isDeeperThan(text, 1)).toBe(false);
    },
  );

  it.each(['', 'text [[[', '<html>[[[', '"[[["', ' '.repeat(100)])('%j is no JSON that could be nested', (text) => {
    expect(isDeeperThan(text, 0)).toBe(false);
  });

  it('takes no stack, and ends at the bound', () => {
    expect(isDeeperThan('['.repeat(5_000_000), 64)).toBe(true);
    expect(isDeeperThan(`[${'[],'.repeat(1_000_000)}[]]`, 2)).toBe(false);
  });
});
