import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepsPage } from '../../bench/docs/steps-page.ts';
import type { RoleAction } from '../../src/preflight/role-action.ts';
import type { Graph } from '../../src/steps/graph.ts';
import type { StepCore } from '../../src/steps/step.ts';
import { TestWorld } from '../support/world.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** The files that ARCHITECTURE.md says to write, by the path in their first line. */
const filesOfThePage = (): readonly (readonly [path: string, text: string])[] => {
  const [, part = ''] = readFileSync(join(project, 'ARCHITECTURE.md'), 'utf8').split('## 3. How to add a step');
  return [...part.matchAll(/^ *```ts\n *\/\/ (src\/\S+)\n([\s\S]*?)^ *```/gm)].map(([, path = '', text = '']) => [
    path,
    text.replaceAll(/^ {3}/gm, ''),
  ]);
};

/** Names the step in a list: its import, and one line before an entry that is there. */
const addTo = (file: string, importLine: string, line: string, before: string): void => {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(before);
  writeFileSync(file, `${importLine}\n${text.replace(before, `${line}\n${before}`)}`);
};

let copy: string;
let world: TestWorld;

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'a-step-more-'));
  for (const name of ['src', 'package.json', 'host.json', 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(join(project, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  for (const [path, text] of filesOfThePage()) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  addTo(
    join(copy, 'src/steps/all-steps.ts'),
    "import { registryAccess } from './registry-access.ts';",
    '  registryAccess,',
    '  connect,',
  );
  addTo(
    join(copy, 'src/activities/implementations.ts'),
    "import { registryAccessImplementation } from './registry-access.ts';",
    "  'registry-access': registryAccessImplementation,",
    '  connect: connectImplementation,',
  );
  const compiler = join(project, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--checkers', '1'], { cwd: copy });
  world = new TestWorld();
  await world.startAzure();
  await world.startHost({ app: copy });
});

afterAll(async () => {
  await world?.close();
  rmSync(copy, { recursive: true, force: true });
});

const compiled = (path: string): Promise<unknown> => import(pathToFileURL(join(copy, 'dist/src', path)).href);

const stepsOfTheCopy = async (): Promise<readonly StepCore[]> => {
  const { allSteps }: { readonly allSteps: readonly StepCore[] } = Object(await compiled('steps/all-steps.js'));
  return allSteps;
};

const outline = { resourceGroupName: 'one-step-more', images: [] };

describe('a step that was added as ARCHITECTURE.md says', () => {
  it('stands in the plan, with what it waits for and what is known only later', async () => {
    const answer = await world.post(outline, '/api/plans');
    const { steps }: { readonly steps: readonly Record<string, unknown>[] } = Object(await answer.json());
    expect(steps.find(({ name }) => name === 'registry-access')).toMatchObject({
      action: 'create',
      waitsFor: expect.arrayContaining(['identity', 'cluster', 'container', 'registry']),
      note: "the identity's principal id is known after the step identity.",
    });
  });

  it('stands among the commands of the plan', async () => {
    const answer = await world.post(outline, '/api/plans?commands=az');
    expect(await answer.text()).toContain('--role \\"AcrPull\\" --scope $MY_ACR_REGISTRY_ID');
  });

  it('has its place in the graph, the permissions and the docs', async () => {
    const { graphOf }: { graphOf(deployment: object): Graph } = Object(await compiled('steps/graph.js'));
    const deployment = { ...outline, id: 'x', subscriptionId: 's', cluster: {}, tags: [] };
    expect(graphOf(deployment).later.map(({ name }) => name)).toContain('registry-access');

    const { roleActions }: { roleActions(): readonly RoleAction[] } = Object(
      await compiled('preflight/role-actions.js'),
    );
    expect(roleActions()).toContainEqual(
      expect.objectContaining({ usedBy: 'registry-access', why: 'lets the managed identity read the registry' }),
    );
    expect(stepsPage(await stepsOfTheCopy())).toContain(
      '| `registry-access` | Lets the managed identity read the registry. | `identity`, `registry` | 4 s | 30 min |',
    );
  });

  it('is carried out by a run, and gives its output', async () => {
    const { id, status, steps } = await world.deploy(outline);
    expect(status).toBe('Succeeded');
    const step = steps.find(({ name }) => name === 'registry-access');
    expect(step).toMatchObject({ state: 'Succeeded', change: 'created' });
    const outputs = await world.fetch(`/api/deployments/${id}/outputs`);
    expect(await outputs.text()).toContain('REGISTRY_ACCESS_ID');
    // A second run finds it as it should be.
    const again = await world.deploy(outline);
    expect(again.steps.find(({ name }) => name === 'registry-access')).toMatchObject({ change: 'unchanged' });
  });
});
