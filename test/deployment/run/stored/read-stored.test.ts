import { expect, it } from 'vitest';
import { z } from 'zod';
import { readStored } from '../../../../src/deployment/run/stored/read-stored.ts';

it('an input that can be read is read', () => {
  expect(readStored(z.object({ run: z.string() }), { run: 'r1' })).toEqual({ run: 'r1' });
});

it('an orchestration whose input cannot be read says so, and what is wrong with it', () => {
  const read = () => readStored(z.string(), 7);
  expect(read).toThrow('Another version of the service recorded this in a form that this one cannot read.');
  expect(read).toThrow(expect.objectContaining({ cause: expect.objectContaining({ name: 'ZodError' }) }));
});
