import { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { describe, expect, it } from 'vitest';
import { type Client, DurableTaskHub, taskHubOf } from '../../src/task-hub/durable-task-hub.ts';

const status: df.DurableOrchestrationStatus = {
  name: 'deployment',
  instanceId: 'd:one',
  createdTime: new Date(0),
  lastUpdatedTime: new Date(1),
  input: { run: 'r1' },
  output: null,
  runtimeStatus: df.OrchestrationRuntimeStatus.Running,
};

/** A client that keeps what it is called with. */
const clientWith = (getStatus: Client['getStatus']) => {
  const calls: unknown[][] = [];
  const client: Client = {
    getStatus: (...args) => {
      calls.push(['getStatus', ...args]);
      return getStatus(...args);
    },
    startNew: async (...args) => {
      calls.push(['startNew', ...args]);
      return 'd:one';
    },
    raiseEvent: async (...args) => void calls.push(['raiseEvent', ...args]),
    purgeInstanceHistory: async (...args) => {
      calls.push(['purgeInstanceHistory', ...args]);
      return { instancesDeleted: 3 };
    },
  };
  return { calls, hub: new DurableTaskHub(client, 'http://127.0.0.1:17071/durabletask/') };
};

describe('the task hub through the SDK', () => {
  it('finds an instance with its input', async () => {
    const { hub, calls } = clientWith(async () => status);
    expect(await hub.find('d:one')).toBe(status);
    expect(calls).toEqual([['getStatus', 'd:one', { showInput: true }]]);
  });

  it.each([
    // durable-functions 3.5.0 and 4.0.0-beta.1, DurableClient.getStatus.
    'DurableClient error: Durable Functions extension replied with HTTP 404 response. This usually means we could not find any data associated with the instanceId provided: d:one.',
  ])('finds nothing when the SDK says: %s', async (text) => {
    const { hub } = clientWith(async () => {
      throw new Error(text);
    });
    expect(await hub.find('d:one')).toBeUndefined();
  });

  it('does not take another failure for an unknown instance', async () => {
    const { hub } = clientWith(async () => {
      throw new Error('HTTP 503');
    });
    await expect(hub.find('d:one')).rejects.toThrow('HTTP 503');
  });

  it('starts, raises and purges', async () => {
    const { hub, calls } = clientWith(async () => status);
    await hub.start('deployment', 'd:one', { run: 'r1' });
    await hub.raise('d:one', 'cancel', { requested: true });
    expect(await hub.purge('d:one')).toBe(3);
    expect(calls).toEqual([
      ['startNew', 'deployment', { instanceId: 'd:one', input: { run: 'r1' } }],
      ['raiseEvent', 'd:one', 'cancel', { requested: true }],
      ['purgeInstanceHistory', 'd:one'],
    ]);
  });
});

describe('an instance that another request of the same moment ended', () => {
  // The texts of durable-functions 3.5.0 for the extension's 404 and 412.
  const failing = (method: 'raiseEvent' | 'purgeInstanceHistory', text: string) =>
    new DurableTaskHub(
      {
        getStatus: async () => status,
        startNew: async () => 'd:one',
        raiseEvent: async () => {},
        purgeInstanceHistory: async () => ({ instancesDeleted: 1 }),
        [method]: async () => {
          throw new Error(text);
        },
      },
      'http://127.0.0.1:17071/durabletask/',
    );

  it('takes no event, which is no failure', async () => {
    await failing('raiseEvent', "No instance with ID 'e:one:r1' found.").raise('e:one:r1', 'cancel', {});
    const other = failing('raiseEvent', 'The operation failed with an unexpected status code: 500. Details: ""');
    await expect(other.raise('e:one:r1', 'cancel', {})).rejects.toThrow('500');
  });

  it('is not purged when it runs again', async () => {
    const text = 'The operation failed with an unexpected status code: ';
    expect(await failing('purgeInstanceHistory', `${text}412. Details: "…"`).purge('r:one')).toBe(0);
    await expect(failing('purgeInstanceHistory', `${text}500. Details: ""`).purge('r:one')).rejects.toThrow('500');
  });
});

describe('the task hub of an invocation', () => {
  const contextWith = (binding: unknown): InvocationContext => {
    const input = df.input.durableClient();
    const context = new InvocationContext({ options: { extraInputs: [input] } });
    context.extraInputs.set(input, binding);
    return context;
  };
  const urls = { taskHubName: 'test', creationUrls: {}, managementUrls: { id: 'INSTANCEID' } };

  it('is the one that the client binding names', () => {
    const context = contextWith({ ...urls, rpcBaseUrl: 'http://127.0.0.1:4001/durabletask/' });
    expect(taskHubOf(context).address).toBe('http://127.0.0.1:4001/durabletask/');
  });

  it.each([[urls], [{ ...urls, rpcBaseUrl: 'somewhere' }]])('is not made up when %j names none', (binding) => {
    expect(() => taskHubOf(contextWith(binding))).toThrow();
  });

  it('is not made up when the function has no client binding', () => {
    expect(() => taskHubOf(new InvocationContext())).toThrow();
  });
});
