import { describe, expect, it } from 'vitest';
import { driftCheckOrchestrator } from '../../src/orchestrators/drift-check.ts';
import { play, type World } from './driver/made-up-durable.ts';

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `deployment-${index}`);

describe.each([3, 4] as const)('durable-functions %i', (major) => {
  const check = (deployed: readonly string[], world: Partial<World> = {}) => {
    const checked: unknown[] = [];
    const call = (name: string, about: unknown) => {
      if (name === 'findDeployed') return { ids: deployed };
      checked.push(Object(about).deploymentId);
      if (Object(about).deploymentId === 'deployment-1') throw new Error('the worker is gone');
      return undefined;
    };
    return { ...play(driftCheckOrchestrator, { major, input: {}, call, ...world }), checked };
  };

  it('checks one after the other, also after a check that crashed', () => {
    const { checked, log, continuedWith } = check(ids(3));
    expect(checked).toEqual(ids(3));
    expect(log).toEqual(['0 call findDeployed', '1 call checkDrift', '2 call checkDrift', '3 call checkDrift']);
    expect(continuedWith).toBeUndefined();
  });

  it('begins a new history after fifty, with those that are left', () => {
    expect(check(ids(50)).continuedWith).toBeUndefined();
    const { checked, continuedWith } = check(ids(120));
    expect(checked).toEqual(ids(50));
    expect(continuedWith).toEqual({ ids: ids(120).slice(50) });
  });

  it('asks for no list when it has one', () => {
    const { log } = check([], { input: { ids: ['deployment-7'] } });
    expect(log).toEqual(['0 call checkDrift']);
  });
});
