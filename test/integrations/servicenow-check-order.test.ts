import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDeploymentRequest } from '../../src/deployment/request/parse-request.ts';
import { resolveDeployment } from '../../src/deployment/request/resolve-deployment.ts';
import { anSshPublicKey } from '../support/an-ssh-public-key.ts';

const read = (path: string): string =>
  readFileSync(new URL(`../../integrations/servicenow/src/${path}`, import.meta.url), 'utf8');

const script = read('client/check-order.js');
const catalogItem = read('fluent/catalog-item.now.ts');

const TUTORIAL = {
  resource_group: 'apache-airflow-rg',
  node_count: '3',
  ssh_public_key: '',
  tags: '',
};

/** What the form says to an order: the message beside each variable. */
const messagesFor = (values: Partial<typeof TUTORIAL>): Record<string, string> => {
  const filledIn: Record<string, string> = { ...TUTORIAL, ...values };
  const messages: Record<string, string> = {};
  const g_form = {
    getValue: (name: string) => filledIn[name],
    showFieldMsg: (name: string, text: string) => Object.assign(messages, { [name]: text }),
    hideFieldMsg: () => {},
  };
  const submits: boolean = runInNewContext(`${script}; onSubmit()`, { g_form });
  expect(submits).toBe(Object.keys(messages).length === 0);
  return messages;
};

const isTaken = (values: Partial<typeof TUTORIAL>): boolean => Object.keys(messagesFor(values)).length === 0;

/** Whether the service would take a body. */
const isTakenByService = (body: object): boolean => {
  const parsed = parseDeploymentRequest(body);
  return parsed.ok && resolveDeployment(parsed.request, '11111111-2222-4333-8444-555555555555').ok;
};

const REGIONS = [...catalogItem.matchAll(/^ {8}([a-z0-9]+): \{ label/gm)].map(([, name]) => name ?? '');
const SIZES = [...catalogItem.matchAll(/^ {8}(Standard_\w+): \{ label/gm)].map(([, name]) => name ?? '');

describe('the order form', () => {
  it('takes its own defaults', () => {
    expect(messagesFor({})).toEqual({});
  });

  it('offers regions and sizes that the service takes, with the longest name of a resource group too', () => {
    expect(REGIONS).toHaveLength(23);
    expect(SIZES).toHaveLength(5);
    const resourceGroupName = 'g'.repeat(39);
    expect(isTaken({ resource_group: resourceGroupName })).toBe(true);
    for (const location of REGIONS) expect(isTakenByService({ resourceGroupName, location })).toBe(true);
    const tooLong = `${resourceGroupName}g`;
    expect(isTaken({ resource_group: tooLong })).toBe(false);
    expect(REGIONS.every((location) => isTakenByService({ resourceGroupName: tooLong, location }))).toBe(false);
    for (const nodeVmSize of SIZES) expect(isTakenByService({ cluster: { nodeVmSize } })).toBe(true);
  });

  it('takes no resource group that the service refuses', () => {
    const names = fc.string({ unit: fc.constantFrom(...'aZ09-_.() ü'), maxLength: 45 });
    fc.assert(
      fc.property(names, (resourceGroupName) => {
        if (isTaken({ resource_group: resourceGroupName })) expect(isTakenByService({ resourceGroupName })).toBe(true);
      }),
    );
    expect(messagesFor({ resource_group: 'my_group' }).resource_group).toContain('1 to 39 letters');
  });

  it('takes the numbers of nodes that the service takes, and no others', () => {
    for (const count of [-1, 0, 1, 2, 999, 1000, 1001, 1.5]) {
      expect(isTaken({ node_count: `${count}` })).toBe(isTakenByService({ cluster: { nodeCount: count } }));
    }
    expect(isTaken({ node_count: 'three' })).toBe(false);
  });

  it('takes an SSH key or none, and no other text', () => {
    const key = anSshPublicKey();
    const [, encoded = ''] = key.split(' ');
    expect(isTaken({ ssh_public_key: key })).toBe(true);
    expect(isTaken({ ssh_public_key: `ssh-rsa ${encoded}` })).toBe(true);
    for (const other of [encoded, 'ssh-ed25519 AAAA', `${key}\n${key}`, '-----BEGIN RSA PRIVATE KEY-----']) {
      expect(isTaken({ ssh_public_key: other })).toBe(false);
      expect(isTakenByService({ cluster: { sshPublicKey: other } })).toBe(false);
    }
  });

  it('takes tags that the service takes', () => {
    for (const tags of ['team=data', 'team=data\n\ncost-center=47=11\n', 'bare', 'a=']) {
      expect(isTaken({ tags })).toBe(true);
    }
    for (const name of ['a<b', 'microsoft-x', 'Azure', 'a/b', 'x'.repeat(129)]) {
      expect(isTaken({ tags: `${name}=1` })).toBe(false);
      expect(isTakenByService({ tags: { [name]: '1' } })).toBe(false);
    }
  });
});
