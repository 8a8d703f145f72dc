import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { signedHeaders } from '../../src/callbacks/sign-message.ts';

it("the specification's own library accepts what is signed, by each secret, and nothing that was changed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 24, maxLength: 64 }), { minLength: 1, maxLength: 3 }),
      fc.record({
        type: fc.constant('deployment.ended'),
        data: fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })),
      }),
      (secrets, content) => {
        const body = JSON.stringify(content);
        const headers = signedHeaders(
          { id: 'msg_a_1', body },
          Date.now(),
          secrets.map((secret) => Buffer.from(secret)),
        );
        for (const secret of secrets) {
          const webhook = new Webhook(`whsec_${Buffer.from(secret).toString('base64')}`);
          expect(webhook.verify(body, { ...headers })).toEqual(JSON.parse(body));
          expect(() => webhook.verify(`${body} `, { ...headers })).toThrow();
          expect(() => webhook.verify(body, { ...headers, 'webhook-id': 'msg_a_2' })).toThrow();
        }
      },
    ),
    { numRuns: 30 },
  );
});

it('a message that is repeated later is refused by receivers that check the time', () => {
  const secret = Buffer.alloc(32, 1);
  const headers = signedHeaders({ id: 'msg_a_1', body: '{}' }, Date.now() - 6 * 60_000, [secret]);
  const webhook = new Webhook(secret, { format: 'raw' });
  expect(() => webhook.verify('{}', { ...headers })).toThrow('too old');
});
