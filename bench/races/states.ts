import { bodyOf } from './acts.ts';
import type { RaceWorld } from './race-world.ts';

/** Brings a deployment to where a race begins. */
export type Prepare = (race: RaceWorld, id: string) => Promise<void>;

export const unknown: Prepare = async () => {};

export const awaiting: Prepare = async (race, id) => {
  await expectStatus(race.world.post(bodyOf(id)), 202);
  await race.until(id, ({ status }) => status === 'AwaitingApproval', 'AwaitingApproval');
};

export const ended: Prepare = async (race, id) => {
  await awaiting(race, id);
  await expectStatus(race.world.post({ by: 'Ada', reason: 'No.' }, `/api/deployments/${id}/reject`), 200);
  await race.settled(id);
};

/** At its last steps. */
export const nearlyDone: Prepare = async (race, id) => {
  await expectStatus(race.world.post({ resourceGroupName: id, images: [] }), 202);
  const isNear = (steps: readonly { readonly state: string }[]): boolean =>
    steps.filter(({ state }) => state !== 'Succeeded').length <= 2;
  await race.until(id, ({ status, steps }) => status === 'Succeeded' || isNear(steps), 'nearly done');
};

const expectStatus = async (sent: Promise<Response>, status: number): Promise<void> => {
  const response = await sent;
  const text = await response.text();
  if (response.status !== status) throw new Error(`Expected ${status}, got ${response.status}: ${text}`);
};
