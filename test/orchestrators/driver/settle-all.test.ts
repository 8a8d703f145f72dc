import { describe, expect, it } from 'vitest';
import { settleAll } from '../../../src/orchestrators/driver/settle-all.ts';
import { play, type World } from './made-up-durable.ts';

const names = ['a', 'b', 'c'];

const playAll = (world: World) =>
  play(function* (context) {
    return yield* settleAll(
      context,
      names.map((name) => context.df.callActivity(name, {})),
    );
  }, world);

const failing =
  (...which: readonly string[]) =>
  (name: string): string => {
    if (which.includes(name)) throw new Error(`${name} broke`);
    return `${name} is done`;
  };

const done = (name: string) => ({ ok: true, value: `${name} is done` });
const broke = (name: string) => ({ ok: false, error: new Error(`${name} broke`) });

describe.each([3, 4] as const)('durable-functions %i', (major) => {
  it('gives the values by position, whatever ends first', () => {
    const { returned, atSecond } = playAll({
      major,
      call: failing(),
      seconds: (name) => 10 - names.indexOf(name),
    });
    expect(returned).toEqual([done('a'), done('b'), done('c')]);
    expect(atSecond).toBe(10);
  });

  it.each([
    { order: 'first', seconds: { a: 1, b: 2, c: 3 } },
    { order: 'in the middle', seconds: { a: 2, b: 1, c: 3 } },
    { order: 'last', seconds: { a: 3, b: 1, c: 2 } },
  ] as const)('gives the others their values when one fails $order', ({ seconds }) => {
    const secondsOf = new Map<string, number>(Object.entries(seconds));
    const { returned, atSecond, log } = playAll({
      major,
      call: failing('a'),
      seconds: (name) => secondsOf.get(name) ?? 1,
    });
    expect(returned).toEqual([broke('a'), done('b'), done('c')]);
    // It waits for all, and nothing is called again.
    expect(atSecond).toBe(3);
    expect(log).toEqual(['0 call a', '0 call b', '0 call c']);
  });

  it('gives each its own error when several fail', () => {
    const { returned } = playAll({ major, call: failing('c', 'a'), seconds: (name) => 10 - names.indexOf(name) });
    expect(returned).toEqual([broke('a'), done('b'), broke('c')]);
  });

  it('goes on after a failure like after any other wait', () => {
    const { returned, log } = play(
      function* (context) {
        const [first] = yield* settleAll(context, [context.df.callActivity('a', {}), context.df.callActivity('b', {})]);
        const again = yield* settleAll(context, [context.df.callActivity('c', {})]);
        return [first, ...again];
      },
      { major, call: failing('a'), seconds: (name) => (name === 'b' ? 5 : 1) },
    );
    expect(returned).toEqual([broke('a'), done('c')]);
    expect(log).toEqual(['0 call a', '0 call b', '5 call c']);
  });
});
