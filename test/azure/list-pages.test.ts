import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { armClients } from '../../src/azure/arm-clients.ts';
import { MAX_LIST_ITEMS, MAX_LIST_MS, MAX_PAGES } from '../../src/azure/bounds.ts';
import { recordExchange } from '../../src/azure/exchange.ts';
import { collectPages } from '../../src/azure/list-pages.ts';
import { listLocks } from '../../src/azure/readings/management-locks.ts';
import { useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const GROUP = '/subscriptions/s/resourceGroups/rg';
const LIST = `${GROUP}/resources`;
const ASSIGNMENTS = `${GROUP}/providers/Microsoft.Authorization/roleAssignments`;
const LOCKS = `${GROUP}/providers/Microsoft.Authorization/locks`;

/** The three ways of reading a list: both generations of SDK clients, and the requests that no client has. */
const lists: readonly (readonly [string, string, () => Promise<unknown>])[] = [
  [
    'a client of today',
    LIST,
    () => collectPages(armClients('s').resources.resources.listByResourceGroup('rg', { top: 1 })),
  ],
  [
    'an older client',
    ASSIGNMENTS,
    () => collectPages(armClients('s').authorization.roleAssignments.listForResourceGroup('rg')),
  ],
  ['a plain request', LOCKS, () => listLocks(GROUP)],
];

const read = (list: () => Promise<unknown>) => recordExchange({}, list);

const page = (path: string, next: number | undefined) => ({
  headers: { 'x-ms-correlation-request-id': `page ${next}` },
  body: {
    value: [{ id: `/x/${next}`, name: 'x', properties: { level: 'CanNotDelete' } }],
    ...(next !== undefined && { nextLink: `https://management.azure.com${path}?api-version=1&page=${next}` }),
  },
});

describe.each(lists)('a list that %s reads', (_, path, list) => {
  it('is read to its end', async () => {
    azure.on(`GET ${path}`, page(path, 1), page(path, 2), page(path, undefined));
    expect(await read(list)).toHaveLength(3);
  });

  it('whose page leads to itself ends with the id of the last answer', async () => {
    azure.on(`GET ${path}`, page(path, 1));
    await expect(read(list)).rejects.toMatchObject({
      failure: { code: 'ListTooLong', message: expect.stringContaining('read already'), correlationId: 'page 1' },
    });
    expect(azure.requests).toHaveLength(2);
  });

  it('whose pages lead in a circle ends when it closes', async () => {
    let asked = 0;
    azure.on(`GET ${path}`, () => page(path, asked++ % 3));
    await expect(read(list)).rejects.toMatchObject({ failure: { code: 'ListTooLong' } });
    expect(azure.requests).toHaveLength(4);
  });

  it('without end ends', async () => {
    let asked = 0;
    azure.on(`GET ${path}`, () => page(path, ++asked));
    await expect(read(list)).rejects.toMatchObject({
      failure: { code: 'ListTooLong', correlationId: `page ${MAX_PAGES}` },
    });
    expect(azure.requests).toHaveLength(MAX_PAGES);
  });

  it('that takes too long is given up, as one that does not answer', async () => {
    const began = performance.now();
    const now = vi.spyOn(performance, 'now');
    azure.on(`GET ${path}`, () => {
      now.mockReturnValue(began + MAX_LIST_MS * 2);
      return page(path, 1);
    });
    await expect(read(list).finally(() => now.mockRestore())).rejects.toMatchObject({
      failure: { code: 'RequestTimeout' },
    });
  });
});

it('a list of too many items ends', async () => {
  const items = async function* (): AsyncGenerator<number> {
    for (let item = 0; ; item++) yield item;
  };
  await expect(collectPages(items())).rejects.toMatchObject({
    failure: { code: 'ListTooLong', message: expect.stringContaining(`${MAX_LIST_ITEMS} items`) },
  });
});

it('two lists at once do not count each other', async () => {
  azure.on(`GET ${LOCKS}`, page(LOCKS, undefined));
  expect(await Promise.all([listLocks(GROUP), listLocks(GROUP)])).toHaveLength(2);
});

it('no list is read elsewhere: what src iterates over asynchronously is this, or a body that is bounded', () => {
  const src = new URL('../../src/', import.meta.url);
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const iterating = files.filter((path) => /for await|byPage/.test(readFileSync(new URL(path, src), 'utf8')));
  expect(iterating.toSorted()).toEqual(['azure/bounded-http-client.ts', 'azure/list-pages.ts']);
});
