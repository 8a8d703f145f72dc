/** The headers of a message by the Standard Webhooks specification 1.0.0, and its body as it came. */
export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: string;
  /** One or more of `v1,<base64>`, separated by spaces: one by each secret of the sender. */
  readonly signature: string;
  readonly body: string;
}

/** HMAC-SHA256. Key and result in base64. */
export type Mac = (key: string, data: string) => string;

/** What the specification's own libraries allow between the sender's clock and this one. */
const TOLERANCE_SECONDS = 5 * 60;

/**
 * Why a message is not to be believed; undefined when it is.
 *
 * @param secrets - as the sender has them: `whsec_` and base64. More than one while they are changed.
 * @param now - milliseconds since 1970.
 */
export const distrustOf = (
  { id, timestamp, signature, body }: SignedMessage,
  secrets: readonly string[],
  now: number,
  mac: Mac,
): string | undefined => {
  if (id === '' || timestamp === '' || signature === '') {
    return 'The headers webhook-id, webhook-timestamp and webhook-signature must be there.';
  }
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) {
    return 'The header webhook-timestamp is too far from the time here.';
  }
  const given = signature.split(' ').filter((each) => each.startsWith('v1,'));
  const expected = secrets.map((secret) => `v1,${mac(secret.replace(/^whsec_/, ''), `${id}.${timestamp}.${body}`)}`);
  const signed = expected.some((one) => given.some((other) => areEqual(one, other)));
  return signed ? undefined : 'The signature is not that of this message.';
};

/** Takes as long for a near miss as for any other text of that length. */
const areEqual = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
};
