import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticalSteps } from '../../src/dashboard/critical-steps.ts';
import { layOutGraph } from '../../src/dashboard/graph-layout.ts';
import { groupImages } from '../../src/dashboard/group-images.ts';

/** Any list of steps in which each waits for some of those before it. */
const steps = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 25 }).map((list) =>
  list.map((before, index) => ({
    name: `step-${index}`,
    waitsFor: index === 0 ? [] : [...new Set(before.map((other) => `step-${other % index}`))],
  })),
);

describe('the layout of the graph', () => {
  it('puts every step once, to the right of all that it waits for, and no two in one place', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { places, edges, joints } = layOutGraph(list);
        const columnOf = new Map(places.map(({ name, column }) => [name, column]));
        expect(
          places
            .map(({ name }) => name)
            .filter((name) => !joints.has(name))
            .toSorted(),
        ).toEqual(list.map(({ name }) => name).toSorted());
        expect(new Set(places.map(({ column, row }) => `${column} ${row}`)).size).toBe(places.length);
        for (const { from, to } of edges) expect(columnOf.get(from)).toBeLessThan(columnOf.get(to) ?? -1);
      }),
    );
  });

  it('keeps who waits for whom, through the joints', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { edges, joints } = layOutGraph(list);
        const causesOf = (name: string): string[] =>
          edges.filter(({ to }) => to === name).flatMap(({ from }) => (joints.has(from) ? causesOf(from) : [from]));
        for (const { name, waitsFor } of list) expect(causesOf(name).toSorted()).toEqual(waitsFor.toSorted());
      }),
    );
  });

  it('ends also when steps wait for each other in a circle', () => {
    const circle = [
      { name: 'a', waitsFor: ['b'] },
      { name: 'b', waitsFor: ['a'] },
    ];
    expect(layOutGraph(circle).places).toHaveLength(2);
  });
});

describe('the images', () => {
  it('are one node, in the state that most wants to be seen, and what waited for them waits for it', () => {
    const grouped = groupImages([
      { name: 'registry', waitsFor: [], state: 'Succeeded' },
      { name: 'image:a:1', waitsFor: ['registry'], state: 'Succeeded' },
      { name: 'image:b:1', waitsFor: ['registry'], state: 'Failed' },
      { name: 'secrets', waitsFor: ['image:a:1', 'image:b:1'], state: 'Skipped' },
    ]);
    expect(grouped).toEqual([
      { name: 'registry', waitsFor: [], state: 'Succeeded' },
      { name: '2 images', waitsFor: ['registry'], state: 'Failed' },
      { name: 'secrets', waitsFor: ['2 images'], state: 'Skipped' },
    ]);
  });
});

describe('the critical path', () => {
  it('leads from the step that ended last back through what it waited for longest', () => {
    const path = criticalSteps([
      { name: 'group', waitsFor: [], endedAt: '2026-01-01T00:00:01Z' },
      { name: 'registry', waitsFor: ['group'], endedAt: '2026-01-01T00:00:30Z' },
      { name: 'cluster', waitsFor: ['group'], endedAt: '2026-01-01T00:06:00Z' },
      { name: 'pull', waitsFor: ['registry', 'cluster'], endedAt: '2026-01-01T00:06:10Z' },
      { name: 'connect', waitsFor: ['pull'] },
    ]);
    expect([...path]).toEqual(['pull', 'cluster', 'group']);
  });
});
