import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { keptReasons } from '../../src/deployment/run/kept.ts';
import { keptResponse, ownerTagMissing } from '../../src/status/kept-response.ts';

const ID = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/a';

describe('what an undo kept', () => {
  it.each(Object.entries(keptReasons))('because it is %s is shown in words', (reason, text) => {
    expect(keptResponse('air', { id: ID, reason })).toMatchObject({ id: ID, reason: text });
  });

  it('can be claimed if the deployment made it, and only then', () => {
    const claims = Object.keys(keptReasons).filter((reason) => keptResponse('air', { id: ID, reason }).claim);
    expect(claims).toEqual(['untagged']);
    expect(keptResponse('air', { id: ID, reason: 'untagged' }).claim).toBe(
      `az tag update --resource-id ${ID} --operation merge --tags airflow-on-aks-deployment=air`,
    );
  });

  it('for a reason of a later release is shown too', () => {
    expect(keptResponse('air', { id: ID, reason: 'mothballed' })).toEqual({ id: ID, reason: 'mothballed' });
  });

  it.each(['rg', 'a (b)', "it's", '$(id)', '`id`', 'a;b', 'a\\b', '"'])(
    'has an id that is one word of a shell: the group %s',
    (group) => {
      const id = `/subscriptions/s/resourceGroups/${group}`;
      const { claim = '' } = keptResponse('air', { id, reason: 'untagged' });
      const words = execFileSync('/bin/sh', ['-c', `for word in ${claim}; do printf '%s\\n' "$word"; done`]);
      expect(words.toString().split('\n').slice(3, 6)).toEqual(['--resource-id', id, '--operation']);
    },
  );
});

describe('an undo', () => {
  it('that kept nothing of its own has not failed', () => {
    expect(ownerTagMissing('air', [{ id: ID, reason: 'foreign' }])).toBeUndefined();
  });

  it('that kept its own fails with the ids and the lines to paste', () => {
    const error = ownerTagMissing('air', [
      { id: ID, reason: 'untagged' },
      { id: `${ID}b`, reason: 'untagged' },
      { id: '/needed', reason: 'needed' },
    ]);
    expect(error).toMatchObject({ step: 'find', code: 'OwnerTagMissing', class: 'permanent' });
    expect(error?.message).toContain(`${ID}, ${ID}b.`);
    expect(error?.message).not.toContain('/needed');
    expect(error?.remedy?.split('\n').slice(1)).toEqual(
      ['', 'b'].map(
        (end) => `az tag update --resource-id ${ID}${end} --operation merge --tags airflow-on-aks-deployment=air`,
      ),
    );
  });
});
