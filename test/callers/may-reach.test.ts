import { expect, it } from 'vitest';
import { mayReach } from '../../src/callers/may-reach.ts';
import type { Role } from '../../src/callers/role.ts';

const needs = {
  look: ['Deployments.Read', 'Deployments.Approve'],
  decide: ['Deployments.Approve'],
  deploy: ['Deployments.Deploy'],
} as const;
const caller = (...roles: Role[]) => ({ id: 'me', name: 'me', kind: 'user' as const, roles });
const mine = { owner: 'me' };
const others = { owner: 'you' };
const asking = { owner: 'you', approval: { timeoutHours: 1 } };
const nobodys = {};

it.each([
  ['keys: everything', undefined, needs.deploy, others, true],
  ["one's own", caller('Deployments.Read'), needs.look, mine, true],
  ["another's", caller('Deployments.Read'), needs.look, others, false],
  ["another's, by who deploys", caller('Deployments.Deploy'), needs.deploy, others, false],
  ["another's, by who destroys", caller('Deployments.Destroy'), ['Deployments.Destroy'] as const, others, false],
  [
    "another's, with all",
    caller('Deployments.Destroy', 'Deployments.All'),
    ['Deployments.Destroy'] as const,
    others,
    true,
  ],
  ['of the time of keys', caller('Deployments.Read'), needs.look, nobodys, false],
  ['of the time of keys, with all', caller('Deployments.All'), needs.look, nobodys, true],
  ['what needs approval, to read', caller('Deployments.Approve'), needs.look, asking, true],
  ['what needs approval, to decide on', caller('Deployments.Approve'), needs.decide, asking, true],
  ['what needs approval, to cancel', caller('Deployments.Approve', 'Deployments.Deploy'), needs.deploy, asking, false],
  ['what needs none', caller('Deployments.Approve'), needs.look, others, false],
  ['what needs approval, by who only reads', caller('Deployments.Read'), needs.look, asking, false],
  ['a record that is not understood', caller('Deployments.Read'), needs.look, undefined, false],
])('%s', (_, who, route, run, reached) => {
  expect(mayReach(who, route, run)).toBe(reached);
});
