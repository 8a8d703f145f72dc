import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listInstances } from '../../src/task-hub/list-instances.ts';

const listed = (instanceId: string) => ({
  instanceId,
  runtimeStatus: 'Running',
  createdTime: '2026-11-30T08:00:00Z',
  lastUpdatedTime: '2026-11-30T08:05:00Z',
  customStatus: { run: 'r1' },
  input: null,
});

interface Page {
  readonly status?: number;
  readonly body: unknown;
  /** The token of the page after it. */
  readonly next?: string;
}

let server: Server | undefined;

afterEach(() => server?.close());

/** The extension's API as far as it answers these pages, by the token that asks for each. */
const serve = async (pages: Readonly<Record<string, Page>>) => {
  const requests: Pick<IncomingMessage, 'url' | 'headers'>[] = [];
  server = createServer(({ url, headers }, response) => {
    requests.push({ url, headers });
    const {
      status = 200,
      body,
      next,
    } = pages[String(headers['x-ms-continuation-token'] ?? '')] ?? { status: 400, body: {} };
    // The extension sends an empty header with the last page.
    response.writeHead(status, { 'Content-Type': 'application/json', 'x-ms-continuation-token': next ?? '' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/durabletask/`, requests };
};

describe('the list of instances', () => {
  it.each(['page 2', ''])('ends when a page leads back to "%s"', async (back) => {
    const next = back || 'page 3';
    const { address, requests } = await serve({
      '': { body: [listed('d:a')], next: 'page 2' },
      'page 2': { body: [], next },
      'page 3': { body: [], next: 'page 2' },
    });
    await expect(listInstances(address, 'd:')).rejects.toThrow('leads back');
    expect(requests).toHaveLength(back ? 2 : 3);
  });

  it('holds all pages, in their order, and asks for each page once', async () => {
    const { address, requests } = await serve({
      '': { body: [listed('d:a'), listed('d:b')], next: 'page 2' },
      'page 2': { body: [], next: 'page 3' },
      'page 3': { body: [listed('d:c')] },
    });
    const instances = await listInstances(address, 'd:');
    expect(instances.map(({ instanceId }) => instanceId)).toEqual(['d:a', 'd:b', 'd:c']);
    expect(instances[0]).toEqual({
      ...listed('d:a'),
      createdTime: new Date('2026-11-30T08:00:00Z'),
      lastUpdatedTime: new Date('2026-11-30T08:05:00Z'),
    });
    expect(requests.map(({ headers }) => headers['x-ms-continuation-token'])).toEqual([undefined, 'page 2', 'page 3']);
    expect(new Set(requests.map(({ url }) => url)).size).toBe(1);
  });

  it('asks for a prefix and without inputs, whatever their status and time', async () => {
    const { address, requests } = await serve({ '': { body: [] } });
    expect(await listInstances(address, 'd:')).toEqual([]);
    expect(requests[0]?.url).toBe('/durabletask/instances/?instanceIdPrefix=d%3A&showInput=false&top=1000');
  });

  it('asks for what its caller wants', async () => {
    const { address, requests } = await serve({ '': { body: [] } });
    await listInstances(address, 'u:', {
      runtimeStatus: ['Pending', 'Running'],
      showInput: true,
      createdFrom: new Date('2026-11-01T00:00:00Z'),
    });
    expect(Object.fromEntries(new URL(requests[0]?.url ?? '', address).searchParams)).toEqual({
      instanceIdPrefix: 'u:',
      showInput: 'true',
      top: '1000',
      runtimeStatus: 'Pending,Running',
      createdTimeFrom: '2026-11-01T00:00:00.000Z',
    });
  });

  it('is not shorter than it is when a page cannot be had', async () => {
    const { address } = await serve({
      '': { body: [listed('d:a')], next: 'page 2' },
      'page 2': { status: 503, body: {} },
    });
    await expect(listInstances(address, 'd:')).rejects.toThrow("The task hub's list answered HTTP 503.");
  });

  it('is not made of what is no list', async () => {
    const { address } = await serve({ '': { body: { instances: [] } } });
    await expect(listInstances(address, 'd:')).rejects.toThrow();
  });
});
