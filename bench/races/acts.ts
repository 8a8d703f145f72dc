import type { Act } from './race-world.ts';

/** What a deployment of a race asks for: one that waits for approval has changed nothing in Azure yet. */
export const bodyOf = (id: string) => ({ resourceGroupName: id, images: [], approval: { required: true } });

export const post =
  (rest: object = {}): Act =>
  (race, id) =>
    race.answer('post /deployments', race.world.post({ ...bodyOf(id), ...rest }));

/** @param query - e.g. `&purge=true`. */
export const remove =
  (query = ''): Act =>
  (race, id) =>
    race.answer('delete /deployments/{id}', race.world.delete(id, query));

export const cancel: Act = (race, id) =>
  race.answer('post /deployments/{id}/cancel', race.world.post({}, `/api/deployments/${id}/cancel`));

export const decide =
  (decision: 'approve' | 'reject'): Act =>
  (race, id) =>
    race.answer(
      `post /deployments/{id}/${decision}`,
      race.world.post({ by: 'Ada', reason: 'It is a race.' }, `/api/deployments/${id}/${decision}`),
    );
