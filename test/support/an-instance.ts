import type { Instance } from '../../src/deployment/run/instance.ts';

/** An orchestration instance as the platform shows it: that of the deployment `a`, which runs. */
export const anInstance = (parts: Partial<Instance> = {}): Instance => ({
  instanceId: 'd:a',
  runtimeStatus: 'Running',
  createdTime: new Date('2026-01-01T00:00:00Z'),
  lastUpdatedTime: new Date('2026-01-01T00:00:00Z'),
  ...parts,
});
