import { describe, expect, it } from 'vitest';
import { endExpiry } from '../../src/task-hub/end-expiry.ts';
import { setExpiry } from '../../src/task-hub/set-expiry.ts';
import { aDeployment } from '../support/a-deployment.ts';
import { anInstance, MadeUpHub } from './made-up-hub.ts';

const run = {
  schemaVersion: 1,
  run: 'r1',
  hash: 'h',
  deployment: aDeployment({ id: 'one' }),
  settings: { imageImportConcurrency: 1 },
  skipPreflight: false,
  earlierRuns: [],
};

const expiry = (runtimeStatus: string) => anInstance('e:one:r1', runtimeStatus);

const told = (expiresAt: string | null) => [{ instanceId: 'e:one:r1', event: 'expiresAt', data: { expiresAt } }];

describe('a run that is to expire', () => {
  it('gets an expiry of its own', async () => {
    const hub = new MadeUpHub();
    await setExpiry(hub, run, 'P7D');
    expect(hub.started).toEqual([
      {
        orchestrator: 'expiry',
        instanceId: 'e:one:r1',
        input: expect.objectContaining({ deploymentId: 'one', run: 'r1', expiresAt: 'P7D' }),
      },
    ]);
    expect(hub.raised).toEqual([]);
  });

  it.each([
    ['at another time', 'P1D', 'P1D'],
    ['never', undefined, null],
  ])('notifies its expiry that it expires %s', async (_, asked, expected) => {
    const hub = new MadeUpHub(expiry('Running'));
    await setExpiry(hub, run, asked);
    expect(hub.raised).toEqual(told(expected));
    expect(hub.started).toEqual([]);
  });

  it('gets a new expiry after one that has ended', async () => {
    const hub = new MadeUpHub(expiry('Completed'));
    await setExpiry(hub, run, 'P1D');
    expect(hub.started).toHaveLength(1);
    expect(hub.raised).toEqual([]);
  });

  it('needs none when it never expires', async () => {
    const hub = new MadeUpHub();
    await setExpiry(hub, run, undefined);
    expect([...hub.started, ...hub.raised]).toEqual([]);
  });

  it('takes the later of two POSTs of the same moment', async () => {
    const hub = new MadeUpHub();
    hub.onStart = () => {
      hub.set(expiry('Running'));
      throw new Error('HTTP 409');
    };
    await setExpiry(hub, run, 'P2D');
    expect(hub.raised).toEqual(told('P2D'));
  });

  it('says so when its expiry could not be started', async () => {
    const hub = new MadeUpHub();
    hub.onStart = () => {
      throw new Error('HTTP 503');
    };
    await expect(setExpiry(hub, run, 'P2D')).rejects.toThrow('HTTP 503');
  });
});

describe('a run that is to expire no more', () => {
  it('has its expiry ended', async () => {
    const hub = new MadeUpHub(expiry('Running'));
    await endExpiry(hub, { id: 'one', run: 'r1' });
    expect(hub.raised).toEqual([{ instanceId: 'e:one:r1', event: 'cancel', data: { requested: true } }]);
  });

  it('needs nothing when it has none, or that has ended', async () => {
    for (const hub of [new MadeUpHub(), new MadeUpHub(expiry('Completed'))]) {
      await endExpiry(hub, { id: 'one', run: 'r1' });
      expect(hub.raised).toEqual([]);
    }
  });
});
