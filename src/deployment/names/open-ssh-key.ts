import { createHash } from 'node:crypto';

/**
 * Whether a text is the public half of an RSA key in OpenSSH form (`ssh-rsa <base64> [comment]`), the kind that `az aks create`
 * accepts. The base64 part must begin with the same algorithm name, length-prefixed (RFC 4253 §6.6).
 */
export const isOpenSshRsaPublicKey = (text: string): boolean => {
  const [algorithm, encoded = '', ...comment] = text.split(' ');
  if (algorithm !== 'ssh-rsa' || /[\r\n]/.test(text) || comment.join(' ').length > 256) return false;
  if (!/^[A-Za-z0-9+/]+=*$/.test(encoded)) return false;
  const blob = Buffer.from(encoded, 'base64');
  return blob.length >= 256 && blob.subarray(0, 11).equals(lengthPrefixed(Buffer.from('ssh-rsa')));
};

/** The fingerprint that `ssh-keygen -l` shows for an OpenSSH line: `SHA256:…`. */
export const fingerprintOf = (line: string): string => {
  const blob = Buffer.from(line.split(' ')[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace('=', '')}`;
};

/** RFC 4251 §5 `string`: four bytes of length, then the bytes. */
const lengthPrefixed = (bytes: Uint8Array): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** RFC 4251 §5 `mpint`: a leading zero byte keeps a number with a high first bit positive. */
const multiPrecisionInteger = (bytes: Buffer): Buffer =>
  lengthPrefixed((bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);

/**
 * Encodes an RSA public key as an OpenSSH line.
 *
 * @param jwk - modulus `n` and exponent `e` in base64url, as `KeyObject.export({ format: 'jwk' })` gives them.
 */
export const openSshRsaPublicKey = (jwk: { readonly n: string; readonly e: string }, comment: string): string => {
  const blob = Buffer.concat([
    lengthPrefixed(Buffer.from('ssh-rsa')),
    multiPrecisionInteger(Buffer.from(jwk.e, 'base64url')),
    multiPrecisionInteger(Buffer.from(jwk.n, 'base64url')),
  ]);
  return `ssh-rsa ${blob.toString('base64')} ${comment}`;
};
