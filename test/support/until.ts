/** How often a state is read that nobody reports. */
const LOOK_EVERY_MS = 25;

/**
 * Asks until the answer is there, with a deadline.
 *
 * @param ask - returns undefined while the answer is not there.
 * @throws when it is not there in time.
 */
export const until = async <T>(what: string, ask: () => Promise<T | undefined>, deadlineMs = 20_000): Promise<T> => {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${deadlineMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
};
