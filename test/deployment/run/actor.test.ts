import { expect, it } from 'vitest';
import { actorSchema, shownName, storedActorSchema } from '../../../src/deployment/run/actor.ts';

it.each([
  ['the first that can be shown', ['Ada', 'ada@example.com'], 'Ada'],
  ['the next one when the first is missing', [undefined, 'ada@example.com'], 'ada@example.com'],
  ['the next one when the first is empty', ['', 'ada@example.com'], 'ada@example.com'],
  ['the next one when the first hides something', ['Ada\u202e', 'ada@example.com'], 'ada@example.com'],
  ['the id when there is none', [undefined, ''], 'object-id'],
  ['the first 128 characters', ['x'.repeat(129)], 'x'.repeat(128)],
])('the name that people read is %s', (_, names, shown) => {
  expect(shownName('object-id', names)).toBe(shown);
});

it.each(['user', 'application'])('an actor of the kind %s is kept as it is', (kind) => {
  const actor = { id: 'object-id', name: 'Ada', kind };
  expect(actorSchema.parse(actor)).toEqual(actor);
  expect(actorSchema.safeParse({ ...actor, kind: 'robot' }).success).toBe(false);
});

it('a stored actor may be of a kind that this release does not know', () => {
  const robot = { id: 'object-id', name: 'Marvin', kind: 'robot', later: 1 };
  expect(storedActorSchema.parse(robot)).toEqual(robot);
});

it.each(['id', 'name', 'kind'])('a stored actor is none without %s', (field) => {
  const actor = { id: 'object-id', name: 'Ada', kind: 'user' };
  expect(storedActorSchema.safeParse({ ...actor, [field]: undefined }).success).toBe(false);
});
