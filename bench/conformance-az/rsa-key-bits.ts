/**
 * The size of an RSA public key in OpenSSH form (RFC 4253 §6.6: the texts `ssh-rsa`, exponent and modulus, each after its length).
 *
 * @param base64 - the part between `ssh-rsa` and the comment.
 * @returns undefined for a part of a key only.
 */
export const rsaKeyBits = (base64: string): number | undefined => {
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
  return modulus && BigInt(`0x${modulus.toString('hex')}`).toString(2).length;
};
