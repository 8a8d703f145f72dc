/**
 * Waits for something that may never end.
 *
 * @param limitMs - in real time.
 * @returns whether it ended in time. @throws what it was rejected with in time; a later rejection is not heard of.
 */
export const endsWithin = async (limitMs: number, ending: Promise<unknown>): Promise<boolean> => {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timeout = setTimeout(resolve, limitMs, false);
  });
  try {
    return await Promise.race([ending.then(() => true), late]);
  } finally {
    clearTimeout(timeout);
  }
};
