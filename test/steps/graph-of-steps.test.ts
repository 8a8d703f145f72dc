import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOptionalStep, defineStep } from '../../src/steps/define-step.ts';
import { branchSteps, type Graph, graphOf } from '../../src/steps/graph.ts';
import type { StepCore } from '../../src/steps/step.ts';
import { aLocatedDeployment } from '../support/a-located-deployment.ts';

interface Parts {
  readonly after?: readonly StepCore[];
  readonly seconds?: number;
  readonly later?: true;
}

const definition = (name: string, { after = [], seconds = 1, later }: Parts) => ({
  name,
  summary: name,
  dependsOn: after,
  ...(later && { later }),
  input: z.object({}),
  value: z.object({}),
  from: () => ({}),
  usualSeconds: { create: seconds },
  deadlineMinutes: 1,
  actions: [],
  actsOn: () => [],
  commandOrder: 1,
});

const aStep = (name: string, parts: Parts = {}): StepCore => defineStep(definition(name, parts));

const anOptionalStep = (name: string, isWanted: boolean, parts: Parts = {}): StepCore =>
  defineOptionalStep({ ...definition(name, parts), when: () => isWanted });

const deployment = aLocatedDeployment();

/** The graph in words: which node waits for which, and where it runs. */
const inWords = ({ all, root, branches, later }: Graph) => ({
  waits: Object.fromEntries(all.map(({ name, waitsFor }) => [name, waitsFor.join(' ')])),
  critical: all.filter(({ critical }) => critical).map(({ name }) => name),
  root: root.map(({ name }) => name),
  branches: branches.map(({ name, nodes }) => `${name}: ${nodes.map((node) => node.name).join(' ')}`),
  later: later.map(({ name }) => name),
});

const graph = (steps: readonly StepCore[], chosen?: readonly string[]) => inWords(graphOf(deployment, chosen, steps));

const ground = aStep('ground');

describe('a graph of steps', () => {
  it('has branches that run at once, the longest first, and then what waits for several', () => {
    const walls = aStep('walls', { after: [ground], seconds: 10 });
    const paint = aStep('paint', { after: [walls], seconds: 20 });
    const pipes = aStep('pipes', { after: [ground], seconds: 25 });
    const roof = aStep('roof', { after: [walls, pipes], seconds: 3 });
    const party = aStep('party', { after: [roof, paint], seconds: 4 });
    expect(graph([ground, walls, paint, pipes, roof, party])).toEqual({
      waits: {
        ground: '',
        walls: 'ground',
        paint: 'walls',
        pipes: 'ground',
        roof: 'paint pipes',
        party: 'roof',
      },
      critical: ['ground', 'walls', 'paint', 'roof', 'party'],
      root: ['ground'],
      branches: ['walls: walls paint', 'pipes: pipes'],
      later: ['roof', 'party'],
    });
  });

  it('puts a branch before another by all that waits in it, not by one step', () => {
    const quick = aStep('quick', { after: [ground], seconds: 6 });
    const first = aStep('first', { after: [ground], seconds: 5 });
    const second = aStep('second', { after: [first], seconds: 5 });
    expect(graph([ground, quick, first, second]).branches).toEqual(['first: first second', 'quick: quick']);
  });

  it('lets a step wait only for what it would not wait for anyhow', () => {
    const walls = aStep('walls', { after: [ground] });
    const paint = aStep('paint', { after: [ground, walls, ground] });
    const picture = aStep('picture', { after: [ground, walls, paint] });
    expect(graph([ground, walls, paint, picture]).waits).toEqual({
      ground: '',
      walls: 'ground',
      paint: 'walls',
      picture: 'paint',
    });
  });

  it('lets a step begin late that would make a branch longer', () => {
    const walls = aStep('walls', { after: [ground], seconds: 10 });
    const pipes = aStep('pipes', { after: [ground], seconds: 5 });
    const picture = aStep('picture', { after: [walls], later: true });
    expect(graph([ground, walls, pipes, picture])).toMatchObject({
      waits: { picture: 'walls pipes' },
      branches: ['walls: walls', 'pipes: pipes'],
      later: ['picture'],
    });
  });

  it('lets what waits for a late step begin late too', () => {
    const walls = aStep('walls', { after: [ground] });
    const picture = aStep('picture', { after: [walls], later: true });
    const nail = aStep('nail', { after: [picture] });
    expect(graph([ground, walls, picture, nail])).toMatchObject({
      waits: { picture: 'walls', nail: 'picture' },
      later: ['picture', 'nail'],
    });
  });

  it('is the same in whatever order its branches are listed', () => {
    const walls = aStep('walls', { after: [ground] });
    const paint = aStep('paint', { after: [walls] });
    expect(graph([paint, walls, ground])).toMatchObject({
      waits: { ground: '', walls: 'ground', paint: 'walls' },
      root: ['ground'],
      later: [],
    });
  });

  it('may have several steps that wait for nothing', () => {
    const water = aStep('water');
    const pipes = aStep('pipes', { after: [ground, water] });
    expect(graph([ground, water, pipes])).toMatchObject({
      waits: { pipes: 'ground water' },
      root: ['ground', 'water'],
      branches: ['pipes: pipes'],
    });
  });

  it('may have nothing but one step', () => {
    expect(graph([ground])).toEqual({
      waits: { ground: '' },
      critical: ['ground'],
      root: ['ground'],
      branches: [],
      later: [],
    });
  });

  it('leaves out what a deployment goes without', () => {
    const cellar = anOptionalStep('cellar', false, { after: [ground] });
    const walls = aStep('walls', { after: [ground, cellar] });
    expect(graph([ground, cellar, walls])).toMatchObject({
      waits: { ground: '', walls: 'ground' },
      branches: ['walls: walls'],
    });
  });

  it('leaves out what a run began without', () => {
    const walls = aStep('walls', { after: [ground] });
    const paint = aStep('paint', { after: [walls] });
    expect(graph([ground, walls, paint], ['ground', 'paint'])).toMatchObject({ waits: { ground: '', paint: '' } });
    expect(graph([ground, walls, paint], ['ground', 'walls'])).toMatchObject({
      waits: { ground: '', walls: 'ground' },
    });
  });
});

describe('a branch', () => {
  it('has the name of its longest step among those that can begin one', () => {
    const cellar = anOptionalStep('cellar', true, { after: [ground], seconds: 30 });
    const walls = aStep('walls', { after: [ground, cellar], seconds: 10 });
    const gate = aStep('gate', { after: [ground, cellar], seconds: 15 });
    const paint = aStep('paint', { after: [walls], seconds: 40 });
    const steps = [ground, cellar, walls, gate, paint];
    expect(branchSteps(steps).map(({ name }) => name)).toEqual(['walls', 'gate']);
    expect(graph(steps).branches).toEqual(['gate: cellar walls gate paint']);
  });

  it('must have a step that begins it', () => {
    const cellar = anOptionalStep('cellar', true, { after: [ground] });
    const wine = anOptionalStep('wine', true, { after: [cellar] });
    expect(() => graph([ground, cellar, wine])).toThrow('No step begins the branch of cellar, wine.');
  });
});

it('all branches of all deployments begin with these steps', () => {
  expect(branchSteps().map(({ name }) => name)).toEqual(['identity', 'key-vault', 'registry', 'storage', 'cluster']);
});
