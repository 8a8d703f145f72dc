import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticalPath, type TimedStep } from '../../local/timing/critical-path.ts';

/** Graphs in which every step waits for some of those before it, so that there are no circles. */
const graphs = fc
  .array(fc.tuple(fc.nat(600), fc.array(fc.nat(30), { maxLength: 4 })), { minLength: 1, maxLength: 20 })
  .map((entries) =>
    entries.map(
      ([seconds, waitsFor], index): TimedStep => ({
        name: `step-${index}`,
        waitsFor: [...new Set(waitsFor)].filter((before) => before < index).map((before) => `step-${before}`),
        seconds,
      }),
    ),
  );

const replaceAt = (steps: readonly TimedStep[], index: number, change: (step: TimedStep) => TimedStep): TimedStep[] =>
  steps.map((step, at) => (at === index ? change(step) : step));

describe('criticalPath', () => {
  it('finds the longest chain and names its steps in order', () => {
    const path = criticalPath([
      { name: 'group', waitsFor: [], seconds: 1 },
      { name: 'vault', waitsFor: ['group'], seconds: 20 },
      { name: 'cluster', waitsFor: ['vault'], seconds: 300 },
      { name: 'registry', waitsFor: ['group'], seconds: 30 },
      { name: 'pull', waitsFor: ['registry', 'cluster'], seconds: 2 },
    ]);
    expect(path).toEqual({ seconds: 323, steps: ['group', 'vault', 'cluster', 'pull'], sequentialSeconds: 353 });
  });

  it('takes names that are no steps as done before', () => {
    expect(criticalPath([{ name: 'a', waitsFor: ['elsewhere'], seconds: 2 }]).seconds).toBe(2);
  });

  it('refuses steps that wait for each other', () => {
    const steps = [
      { name: 'a', waitsFor: ['b'], seconds: 1 },
      { name: 'b', waitsFor: ['a'], seconds: 1 },
    ];
    expect(() => criticalPath(steps)).toThrow(/circle/);
  });

  it('lies between the longest step and all steps one after another', () => {
    fc.assert(
      fc.property(graphs, (steps) => {
        const { seconds, sequentialSeconds } = criticalPath(steps);
        expect(seconds).toBeLessThanOrEqual(sequentialSeconds);
        for (const step of steps) expect(seconds).toBeGreaterThanOrEqual(step.seconds);
      }),
    );
  });

  it('is the sum of the steps that it names, each of which waits for the one before', () => {
    fc.assert(
      fc.property(graphs, (steps) => {
        const path = criticalPath(steps);
        const named = path.steps.map((name) => steps.find((step) => step.name === name));
        expect(named.reduce((sum, step) => sum + (step?.seconds ?? 0), 0)).toBe(path.seconds);
        named.slice(1).forEach((step, index) => {
          expect(step?.waitsFor).toContain(path.steps[index]);
        });
      }),
    );
  });

  it('never becomes shorter when a step takes longer or waits for one more', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), fc.nat(), fc.nat(100), (steps, first, second, more) => {
        const before = criticalPath(steps).seconds;
        const index = first % steps.length;
        const slower = replaceAt(steps, index, (step) => ({ ...step, seconds: step.seconds + more }));
        expect(criticalPath(slower).seconds).toBeGreaterThanOrEqual(before);
        const other = steps[second % (index + 1)]?.name ?? '';
        if (other === steps[index]?.name) return;
        const waiting = replaceAt(steps, index, (step) => ({ ...step, waitsFor: [...step.waitsFor, other] }));
        expect(criticalPath(waiting).seconds).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
