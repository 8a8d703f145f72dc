import { expect, it } from 'vitest';
import { recordOf } from '../../src/deployment/run/deployment-record.ts';
import { deploymentResponse } from '../../src/status/deployment-response.ts';
import { ownerTagMissing } from '../../src/status/kept-response.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { anInstance } from '../support/an-instance.ts';
import { deploymentAir } from '../support/call-activity.ts';

const STORAGE = `${GROUP}/providers/Microsoft.Storage/storageAccounts/stair`;
const DISK = `${GROUP}/providers/Microsoft.Compute/disks/d`;

const responseWith = (customStatus: object, runtimeStatus = 'Completed') => {
  const instance = anInstance({ runtimeStatus: 'Completed', input: { run: 'r', deployment: deploymentAir() } });
  const undo = anInstance({ instanceId: 'u:a', runtimeStatus, customStatus: { run: 'r', ...customStatus } });
  return deploymentResponse(recordOf(instance), instance, [], { undo });
};

const deleted = (name: string, resourceId: string, change = 'deleted') => ({
  name,
  state: 'Succeeded',
  change,
  resourceId,
  attempts: 1,
  polls: 1,
});

it('the ids of what is gone are shown, with a group those of what was in it', () => {
  const steps = [deleted('delete:storage', STORAGE), deleted('delete:acr-pull', '/gone/before', 'unchanged')];
  expect(responseWith({ steps, inside: [DISK] }).undo?.deleted).toEqual([STORAGE]);
  expect(responseWith({ steps: [deleted('delete:resource-group', GROUP)], inside: [DISK] }).undo?.deleted).toEqual([
    GROUP,
    DISK,
  ]);
});

it('one that has not begun, or is of an older release, has nothing to show', () => {
  expect(responseWith({ steps: [] }).undo).toEqual({ status: 'Succeeded', steps: [], deleted: [], kept: [] });
});

it('what was kept is shown in words, and the error in full though the status had no room for it', () => {
  const kept = [{ id: STORAGE, reason: 'untagged' }];
  const error = { step: 'find', code: 'OwnerTagMissing', message: 'The deploy…', class: 'permanent' };
  const { undo, error: shown } = responseWith({ steps: [], kept, error }, 'Failed');
  expect(undo?.kept).toMatchObject([{ id: STORAGE, claim: expect.stringContaining(STORAGE) }]);
  expect(shown).toEqual(ownerTagMissing('a', kept));
  expect(responseWith({ steps: [], error }, 'Failed').error).toMatchObject(error);
});
