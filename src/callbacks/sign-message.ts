import { createHmac } from 'node:crypto';

export interface Message {
  /** The same at every attempt: what a receiver knows a repetition by. */
  readonly id: string;
  /** The body, byte for byte as it is sent. */
  readonly body: string;
}

/**
 * The headers that the Standard Webhooks specification 1.0.0 asks for: one `v1` signature (HMAC-SHA256 of `<id>.<timestamp>.<body>`) by each secret, so that
 * a secret can be changed without a gap. Source: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
 *
 * @param sentAt - the instant of this attempt, real time in milliseconds: receivers compare it with their own clocks.
 */
export const signedHeaders = (
  { id, body }: Message,
  sentAt: number,
  secrets: readonly Buffer[],
): Readonly<Record<string, string>> => {
  const timestamp = `${Math.floor(sentAt / 1000)}`;
  const signature = (secret: Buffer) =>
    `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map(signature).join(' '),
  };
};
