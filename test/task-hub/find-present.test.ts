import { describe, expect, it } from 'vitest';
import { findPresent, isDeleted } from '../../src/task-hub/find-present.ts';
import { aDeployment } from '../support/a-deployment.ts';
import { anInstance, MadeUpHub } from './made-up-hub.ts';

const deployed = (id: string, runtimeStatus = 'Completed') =>
  anInstance(`d:${id}`, runtimeStatus, {
    input: { run: 'r2', hash: 'h', deployment: aDeployment({ id }), settings: { imageImportConcurrency: 1 } },
    customStatus: { run: 'r2', steps: [] },
  });

const undone = (id: string, runtimeStatus = 'Completed', run = 'r2') =>
  anInstance(`u:${id}`, runtimeStatus, { customStatus: { run, steps: [] } });

const present = async (...instances: readonly ReturnType<typeof anInstance>[]) =>
  (await findPresent(new MadeUpHub(...instances))).map(({ record, ended }) => [record.id, ended]);

describe('the deployments that are present', () => {
  it('are those that nobody has deleted, with whether they have ended', async () => {
    expect(
      await present(
        deployed('done'),
        deployed('broken', 'Failed'),
        deployed('going', 'Running'),
        deployed('gone'),
        undone('gone'),
      ),
    ).toEqual([
      ['done', true],
      ['broken', true],
      ['going', false],
    ]);
  });

  it('are still there while they are being deleted, and when that failed', async () => {
    expect(await present(deployed('going'), undone('going', 'Running'))).toEqual([['going', false]]);
    expect(await present(deployed('stuck'), undone('stuck', 'Failed'))).toEqual([['stuck', true]]);
  });

  it('are there again when another run came after the deletion', async () => {
    expect(await present(deployed('again'), undone('again', 'Completed', 'r1'))).toEqual([['again', true]]);
  });

  it('hold what another release recorded, whatever it says', async () => {
    expect(await present(anInstance('d:old', 'Completed', { input: 'nothing that is understood' }))).toEqual([
      ['old', true],
    ]);
  });

  it('an id is free once its deployment is deleted, not before', () => {
    expect(isDeleted(deployed('a'), undefined)).toBe(false);
    expect(isDeleted(deployed('a'), undone('a', 'Running'))).toBe(false);
    expect(isDeleted(deployed('a'), undone('a', 'Completed', 'r1'))).toBe(false);
    expect(isDeleted(deployed('a'), undone('a'))).toBe(true);
  });
});
