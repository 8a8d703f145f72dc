import { expect, it } from 'vitest';
import { checkExpiry } from '../../../src/deployment/contracts/expiry-contract.ts';

// Names and fields stand in durable histories: another one would lose what is running.
it('the activity that checks an expiry is asked about one run, and whether it is time', () => {
  expect(checkExpiry.activity).toBe('checkExpiry');
  const asked = { deploymentId: 'a', run: 'r1', due: true };
  expect(checkExpiry.input.parse(asked)).toEqual(asked);
  for (const field of Object.keys(asked)) {
    expect(checkExpiry.input.safeParse({ ...asked, [field]: undefined }).success).toBe(false);
  }
});

it.each(['waiting', 'undoing', 'undone', 'over'])('a run may be %s', (state) => {
  expect(checkExpiry.report.parse({ state })).toEqual({ state });
});

it.each([{ state: 'lost' }, {}])('the answer %j is refused', (answer) => {
  expect(checkExpiry.report.safeParse(answer).success).toBe(false);
});
