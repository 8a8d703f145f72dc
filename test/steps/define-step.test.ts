import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOptionalStep, defineStep, defineStepForEach, nodeName } from '../../src/steps/define-step.ts';
import type { LocatedDeployment, StepCore } from '../../src/steps/step.ts';
import { aLocatedDeployment } from '../support/a-located-deployment.ts';

const deployment = aLocatedDeployment();

/** What every step of these tests has. */
const COMMON = {
  summary: 'Does something.',
  usualSeconds: { create: 1 },
  deadlineMinutes: 2,
  actions: [],
  actsOn: () => [],
  commandOrder: 1,
};
const settings = { imageImportConcurrency: 7 };
const context = (name: string) => ({ name, planned: undefined, findings: [], creating: [] });
const hasImages = ({ images }: { readonly images: readonly unknown[] }) => images.length > 0;
const nodeIn = (step: StepCore, name: string, of: LocatedDeployment = deployment) => {
  const node = step.nodes(of).find((each) => each.name === name);
  if (!node) throw new Error(`The step has no node ${name}.`);
  return node;
};

const wall = defineStep({
  ...COMMON,
  name: 'brick-wall',
  input: z.object({ group: z.string() }),
  value: z.object({ height: z.number() }),
  from: ({ resourceGroupName }) => ({ group: resourceGroupName }),
});

const door = defineOptionalStep({
  ...COMMON,
  name: 'door',
  when: hasImages,
  uses: { wall },
  input: z.object({ height: z.number() }),
  value: z.object({ width: z.number() }),
  from: (_, { wall: { height } }) => ({ height }),
  unknown: { wall: { height: 0 } },
  commands: ({ resourceGroupName }, { name }) => ({ create: [`make ${name} in ${resourceGroupName}`] }),
  outputs: (_, value, { wall: { height } }) => ({ DOOR: `${value?.width} x ${height}` }),
});

const window = defineStepForEach({
  ...COMMON,
  name: 'window',
  each: ({ images }) => images.map(({ image }) => ({ key: image, item: image.length })),
  atOnce: ({ imageImportConcurrency }) => imageImportConcurrency,
  uses: { wall, door },
  input: z.object({ item: z.number(), height: z.number(), doorWidth: z.number().optional() }),
  value: z.object({ glass: z.string() }),
  from: (_, used, item) => ({ item, height: used.wall.height, doorWidth: used.door?.width }),
  unknown: { wall: 'the height', door: 'the width' },
  commands: (_, { name }, item) => ({ create: [`make ${name} of ${item}`] }),
});

const house = defineStep({
  ...COMMON,
  name: 'house',
  uses: { windows: window },
  input: z.object({ windows: z.array(z.string()) }),
  value: z.object({}),
  from: (_, { windows }) => ({ windows: windows.map(({ glass }) => glass) }),
  unknown: { windows: 'the glass' },
});

const twoImages = aLocatedDeployment({
  images: [
    { source: 'quay.io/a:1', image: 'a:1' },
    { source: 'quay.io/bc:1', image: 'bc:1' },
  ],
});
const noImages = aLocatedDeployment({ images: [] });

describe('a step that says only what it must', () => {
  it('has the rest decided', () => {
    expect(wall).toMatchObject({
      name: 'brick-wall',
      activity: 'brickWall',
      summary: 'Does something.',
      uses: {},
      dependsOn: [],
      later: false,
      optional: false,
      reads: [],
      usualSeconds: { create: 1 },
      deadlineSeconds: 120,
      commandOrder: 1,
    });
    expect([wall.inside, wall.outlives, wall.resource]).toEqual([undefined, undefined, undefined]);
    expect(wall.atOnce(settings)).toBeUndefined();
    expect(wall.resourceId(deployment)).toBe('');
    expect(wall.commands(deployment, context('brick-wall'))).toEqual({ create: [] });
    expect(wall.updateCommand(deployment, { property: 'height', from: '1', to: '2' })).toBeUndefined();
    expect(wall.outputs(deployment, new Map([['brick-wall', { height: 3 }]]))).toEqual({});
  });

  it('has one node, whose activity gets what the deployment says', () => {
    expect(wall.nodes(noImages)).toHaveLength(1);
    expect(nodeIn(wall, 'brick-wall')).toMatchObject({ name: 'brick-wall', step: wall });
    expect(nodeIn(wall, 'brick-wall').inputFor(deployment, new Map())).toEqual({ group: 'rg' });
  });

  it('gives its value to others, once it has one', () => {
    expect(wall.read(new Map([['brick-wall', { height: 3 }]]))).toEqual({ height: 3 });
    expect(() => wall.read(new Map())).toThrow(z.ZodError);
    expect(() => wall.read(new Map([['brick-wall', { height: 'high' }]]))).toThrow(z.ZodError);
  });
});

describe('a step that some deployments go without', () => {
  const values = new Map<string, unknown>([
    ['brick-wall', { height: 3 }],
    ['door', { width: 1 }],
  ]);

  it('has a node where it is wanted', () => {
    expect(door.optional).toBe(true);
    expect(door.nodes(deployment).map(({ name }) => name)).toEqual(['door']);
    expect(nodeIn(door, 'door').inputFor(deployment, values)).toEqual({ height: 3 });
    expect(door.commands(deployment, context('door'))).toEqual({ create: ['make door in rg'] });
    expect(door.outputs(deployment, values)).toEqual({ DOOR: '1 x 3' });
    expect(door.read(values)).toEqual({ width: 1 });
  });

  it('does nothing elsewhere', () => {
    expect(door.nodes(noImages)).toEqual([]);
    expect(door.commands(noImages, context('door'))).toEqual({ create: [] });
    expect(door.outputs(noImages, values)).toEqual({});
    expect(door.read(new Map())).toBeUndefined();
  });

  it('may not give anything else than it says', () => {
    expect(() => door.read(new Map([['door', undefined]]))).toThrow(z.ZodError);
  });
});

describe('a step that is carried out for each item', () => {
  it('has a node for each', () => {
    expect(window.optional).toBe(true);
    expect(window.atOnce(settings)).toBe(7);
    expect(window.nodes(twoImages).map(({ name }) => name)).toEqual(['window:a:1', 'window:bc:1']);
    expect(window.nodes(noImages)).toEqual([]);
    expect(nodeName('window', 'a:1')).toBe('window:a:1');
  });

  it('gives each node its own item', () => {
    const values = new Map([['brick-wall', { height: 3 }]]);
    const inputs = window.nodes(twoImages).map(({ inputFor }) => inputFor(twoImages, values));
    expect(inputs).toEqual([
      { item: 3, height: 3, doorWidth: undefined },
      { item: 4, height: 3, doorWidth: undefined },
    ]);
    expect(window.commands(twoImages, context('window:bc:1'))).toEqual({ create: ['make window:bc:1 of 4'] });
    expect(window.commands(twoImages, context('window:other'))).toEqual({ create: [] });
  });

  it('gives others all values that it has', () => {
    const values = new Map<string, unknown>([
      ['window:a:1', { glass: 'clear' }],
      ['window', { glass: 'not an item' }],
      ['windowsill:1', { glass: 'another step' }],
      ['roof-window:1', { glass: 'another step' }],
      ['window:bc:1', { glass: 'dark' }],
    ]);
    expect(window.read(values)).toEqual([{ glass: 'clear' }, { glass: 'dark' }]);
    expect(window.read(new Map())).toEqual([]);
    expect(() => window.read(new Map([['window:a:1', {}]]))).toThrow(z.ZodError);
  });

  it('may have all its nodes under way at once', () => {
    const flower = defineStepForEach({
      ...COMMON,
      name: 'flower',
      each: () => [{ key: 'rose', item: 1 }],
      input: z.object({}),
      value: z.object({}),
      from: () => ({}),
    });
    expect(flower.atOnce(settings)).toBeUndefined();
    expect(nodeIn(flower, 'flower:rose').planInputFor(deployment, new Map())).toEqual({ known: true, input: {} });
  });
});

describe('a step that takes a value which another has not given', () => {
  it('cannot begin', () => {
    expect(() => nodeIn(door, 'door').inputFor(deployment, new Map())).toThrow(z.ZodError);
  });

  it('is planned with another in its place, or says what is missing', () => {
    const plan = (name: string, values: readonly (readonly [string, unknown])[], of = twoImages) =>
      [wall, door, window, house]
        .flatMap((step) => step.nodes(of))
        .find((node) => node.name === name)
        ?.planInputFor(of, new Map(values));
    const height = ['brick-wall', { height: 3 }] as const;
    const width = ['door', { width: 1 }] as const;
    expect(plan('door', [])).toEqual({ known: true, input: { height: 0 } });
    expect(plan('door', [height])).toEqual({ known: true, input: { height: 3 } });
    expect(plan('window:a:1', [width])).toEqual({
      known: false,
      note: 'the height is known after the step brick-wall.',
    });
    expect(plan('window:a:1', [height])).toEqual({ known: false, note: 'the width is known after the step door.' });
    expect(plan('window:a:1', [height, width])).toEqual({
      known: true,
      input: { item: 3, height: 3, doorWidth: 1 },
    });
  });

  it('is not planned before all items are known', () => {
    const plan = (of: LocatedDeployment, ...known: string[]) =>
      nodeIn(house, 'house', of).planInputFor(of, new Map(known.map((name) => [name, { glass: name }])));
    const missing = { known: false, note: 'the glass is known after the step window.' };
    expect(plan(twoImages)).toEqual(missing);
    expect(plan(twoImages, 'window:a:1')).toEqual(missing);
    const both = { windows: ['window:a:1', 'window:bc:1'] };
    expect(plan(twoImages, 'window:a:1', 'window:bc:1')).toEqual({ known: true, input: both });
    expect(plan(noImages)).toEqual({ known: true, input: { windows: [] } });
  });

  it('is planned without it where some deployments go without that step', () => {
    const roof = defineStep({
      ...COMMON,
      name: 'roof',
      uses: { door },
      input: z.object({ width: z.number().optional() }),
      value: z.object({}),
      from: (_, used) => ({ width: used.door?.width }),
    });
    const plan = (of: LocatedDeployment) => nodeIn(roof, 'roof', of).planInputFor(of, new Map());
    expect(plan(noImages)).toEqual({ known: true, input: { width: undefined } });
    expect(plan(deployment)).toEqual({ known: true, input: { width: undefined } });
  });
});

describe('a step that says more of itself', () => {
  const resource = { type: 'T/t', apiVersion: '1', nameIn: () => 'n', deleteSeconds: 1 };
  const garden = (parts: object = {}) =>
    defineStep({
      ...COMMON,
      name: 'garden',
      dependsOn: [wall],
      later: true,
      inside: { step: wall, noun: 'wall' },
      reads: ['images'],
      outlives: door,
      input: z.object({}),
      value: z.object({}),
      from: () => ({}),
      updates: { size: (_, { to }) => `resize ${to}` },
      ...parts,
    });

  it('keeps it', () => {
    expect(garden()).toMatchObject({
      dependsOn: [wall],
      later: true,
      inside: { step: wall, noun: 'wall' },
      reads: ['images'],
      outlives: door,
    });
    expect(house.uses).toEqual({ windows: window });
  });

  it('changes its properties by a command, but none that every object has', () => {
    const change = (property: string) => garden().updateCommand(deployment, { property, from: '1', to: '2' });
    expect(change('size')).toBe('resize 2');
    expect(change('colour')).toBeUndefined();
    expect(change('toString')).toBeUndefined();
  });

  it('has the id of its resource, unless it says another', () => {
    const group = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg';
    expect(garden({ resource }).resourceId(deployment)).toBe(`${group}/providers/T/t/n`);
    const theirs = { ...resource, existingIn: () => '/theirs' };
    expect(garden({ resource: theirs }).resourceId(deployment)).toBe('/theirs');
    expect(garden({ resource, resourceId: () => '/own' }).resourceId(deployment)).toBe('/own');
  });
});
