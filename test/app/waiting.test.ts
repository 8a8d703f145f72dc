import { describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

const get = async (path: string, ifNoneMatch?: string) => {
  const begun = performance.now();
  const response = await world.fetch(`/api/deployments/${path}`, {
    headers: ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch },
  });
  const text = await response.text();
  const body: { status?: string; errors?: { field: string }[] } = text === '' ? {} : JSON.parse(text);
  return { response, body, tag: response.headers.get('etag') ?? '', ms: performance.now() - begun };
};

/** A history event's type: an activity was called. */
const TASK_SCHEDULED = 4;

/** Starts a deployment, and stops modelled time so that it stays at its first request to Azure. @returns lets time go on. */
const startAndStandStill = async (id: string): Promise<() => void> => {
  const release = world.clock.hold();
  await world.post({ id, resourceGroupName: id, images: [] });
  const hasCalledAzure = () => world.host.hub.history(`d:${id}`).some(({ EventType }) => EventType === TASK_SCHEDULED);
  await until('the first activity', async () => (hasCalledAzure() ? true : undefined));
  return release;
};

describe('GET /api/deployments/{id}?wait=SECONDS', () => {
  it('holds the answer until something changes against If-None-Match', async () => {
    const release = await startAndStandStill('news');
    const { tag } = await get('news');
    const waiting = get('news?wait=20', tag);
    await get('news');
    release();
    const { response, body, tag: newTag, ms } = await waiting;
    expect(response.status).toBe(200);
    expect(body.status).toMatch(/Running|Succeeded/);
    expect(newTag).not.toBe(tag);
    expect(ms).toBeLessThan(10_000);
    expect(response.headers.get('retry-after')).toBe(null);
    await world.ended('news');
  });

  it('without If-None-Match: until something changes against the moment of the request', async () => {
    const release = await startAndStandStill('moment');
    const { tag } = await get('moment');
    const waiting = get('moment?wait=20');
    await get('moment');
    release();
    const answer = await waiting;
    expect(answer.response.status).toBe(200);
    expect(answer.tag).not.toBe(tag);
    await world.ended('moment');
  });

  it('answers when the time is over: 304 to what is known, else 200', async () => {
    const release = await startAndStandStill('still');
    const { tag } = await get('still');
    const [known, unasked] = await Promise.all([get('still?wait=1', tag), get('still?wait=1')]);
    expect(known.response.status).toBe(304);
    expect(known.tag).toBe(tag);
    expect(unasked.response.status).toBe(200);
    expect(unasked.tag).toBe(tag);
    for (const { ms } of [known, unasked]) expect(ms).toBeGreaterThan(990);
    release();
    await world.ended('still');
  });

  it('answers at once to whoever is behind, and of what has ended to whoever does not say what is known', async () => {
    await world.deploy({ id: 'over', resourceGroupName: 'over', images: [] });
    const behind = await get('over?wait=20', '"old"');
    const plain = await get('over?wait=20');
    expect([behind.response.status, plain.response.status]).toEqual([200, 200]);
    expect(plain.body.status).toBe('Succeeded');
    for (const { ms } of [behind, plain]) expect(ms).toBeLessThan(900);
    const known = await get('over?wait=1', plain.tag);
    expect(known.response.status).toBe(304);
    expect(known.ms).toBeGreaterThan(990);
  });

  it('without wait: 304 at once to what is known', async () => {
    const { tag, response } = await get('over');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect((await get('over', tag)).response.status).toBe(304);
    expect((await get('over', `"other", W/${tag}`)).response.status).toBe(304);
    expect((await get('over', '"other"')).response.status).toBe(200);
  });

  it.each([
    ['wait=0', 'wait'],
    ['wait=31', 'wait'],
    ['wait=1.5', 'wait'],
    ['wait=', 'wait'],
    ['wait=ten', 'wait'],
    ['wiat=3', 'wiat'],
  ])('?%s: 400 that names %s', async (query, field) => {
    const { response, body } = await get(`over?${query}`);
    expect(response.status).toBe(400);
    expect(body.errors?.map((error) => error.field)).toEqual([field]);
  });

  it('gives the time by the clock of its instants', async () => {
    const before = world.clock.now();
    const { response } = await get('over');
    expect(Math.abs(Date.parse(response.headers.get('date') ?? '') - before)).toBeLessThan(60_000);
  });
});
