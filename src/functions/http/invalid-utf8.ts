/**
 * Where bytes stop being UTF-8: the offset of the first byte that begins no character; undefined when all of them are UTF-8.
 * The longest part that decodes is found by halving, so that the work grows with the length alone.
 */
export const invalidUtf8At = (bytes: Uint8Array): number | undefined => {
  if (isPrefix(bytes)) return endsWhole(bytes) ? undefined : lastStart(bytes);
  let valid = 0;
  let broken = bytes.length;
  while (broken - valid > 1) {
    const middle = valid + Math.floor((broken - valid) / 2);
    if (isPrefix(bytes.subarray(0, middle))) valid = middle;
    else broken = middle;
  }
  const part = bytes.subarray(0, valid);
  return endsWhole(part) ? valid : lastStart(part);
};

/** Whether bytes are UTF-8, or would be if more followed. */
const isPrefix = (bytes: Uint8Array): boolean => decodes(bytes, true);
const endsWhole = (bytes: Uint8Array): boolean => decodes(bytes, false);

const decodes = (bytes: Uint8Array, stream: boolean): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
};

/** Where the character begins that the bytes break off in. */
const lastStart = (bytes: Uint8Array): number => {
  let start = bytes.length - 1;
  while (start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  return start;
};
