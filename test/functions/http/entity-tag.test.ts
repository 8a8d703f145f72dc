import { expect, it } from 'vitest';
import { entityTag, fingerprintOf, namesFingerprint, namesTag } from '../../../src/functions/http/entity-tag.ts';
import type { DeploymentResponse } from '../../../src/status/deployment-response.ts';

const view = (polls: number, state: 'Running' | 'Succeeded' = 'Running'): DeploymentResponse => ({
  id: 'a',
  run: '1',
  status: 'Running',
  createdAt: '2026-11-23T13:00:00.000Z',
  startedAt: '2026-11-23T13:00:00.000Z',
  lastUpdatedAt: `2026-11-23T13:00:${10 + polls}.000Z`,
  names: {
    subscriptionId: 's',
    location: 'l',
    resourceGroupName: 'g',
    identityName: 'i',
    keyVaultName: 'k',
    registryName: 'r',
    storageAccountName: 'a',
    storageContainerName: 'c',
    clusterName: 'x',
  },
  steps: [{ name: 'cluster', waitsFor: [], state, attempts: 1, polls }],
  warnings: [],
  earlierRuns: [],
});

const tagOf = (seen: DeploymentResponse): string => entityTag(seen, JSON.stringify(seen));

it('another poll of a running operation changes the tag, but is no fingerprint', () => {
  expect(fingerprintOf(view(2))).toBe(fingerprintOf(view(1)));
  expect(tagOf(view(2))).not.toBe(tagOf(view(1)));
  expect(namesFingerprint(tagOf(view(1)), fingerprintOf(view(2)))).toBe(true);
  expect(namesTag(tagOf(view(1)), tagOf(view(2)))).toBe(false);
});

it('another check for drift that finds the same is no fingerprint, one that finds more is', () => {
  const checked = (hour: number, changes: number): DeploymentResponse => ({
    ...view(1),
    drift: { checkedAt: `2026-11-23T0${hour}:00:00.000Z`, changes },
  });
  expect(fingerprintOf(checked(4, 0))).toBe(fingerprintOf(checked(5, 0)));
  expect(fingerprintOf(checked(4, 0))).not.toBe(fingerprintOf(checked(5, 1)));
});

it('the state of a step is fingerprint', () => {
  expect(namesFingerprint(tagOf(view(1)), fingerprintOf(view(1, 'Succeeded')))).toBe(false);
});

it('a tag is strong, of RFC 9110 form, and found in a list, weakened or as *', () => {
  const tag = tagOf(view(1));
  expect(tag).toMatch(/^"[\w-]{22}\.[\w-]{22}"$/);
  for (const header of [tag, `W/${tag}`, `"other", ${tag}`, ' * ']) expect(namesTag(header, tag)).toBe(true);
  for (const header of ['"other"', '', tag.replace('.', ':')]) expect(namesTag(header, tag)).toBe(false);
});
