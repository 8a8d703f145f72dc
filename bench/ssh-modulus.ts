/**
 * The modulus of an RSA public key in OpenSSH form (RFC 4253 §6.6: the texts `ssh-rsa`, exponent and modulus, each after its length).
 *
 * @param base64 - the part between `ssh-rsa` and the comment.
 * @returns in hexadecimal digits, without the zero byte that keeps it positive; undefined for a part of a key only.
 */
export const sshModulus = (base64: string): string | undefined => {
  const bytes = Buffer.from(base64, 'base64');
  let offset = 0;
  const next = (): Buffer | undefined => {
    if (offset + 4 > bytes.length) return undefined;
    const length = bytes.readUInt32BE(offset);
    const field = bytes.subarray(offset + 4, offset + 4 + length);
    offset += 4 + length;
    return field.length === length ? field : undefined;
  };
  const [, , modulus] = [next(), next(), next()];
  return modulus?.toString('hex').replace(/^00/, '');
};
