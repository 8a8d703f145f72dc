import * as df from 'durable-functions';

/** With properties that the exceptions provider of failures.ts hands on. */
export class QuotaError extends Error {
  override readonly name = 'QuotaError';
  readonly left = 0;
}

const attempts = new Map<unknown, number>();

df.app.activity('Echo', { handler: (input: unknown) => input });
df.app.activity('Say', { handler: (input: unknown) => `said ${JSON.stringify(input)}` });
df.app.activity('Nothing', { handler: () => undefined });
df.app.activity('Fail', {
  handler: (input: unknown) => {
    throw new Error(typeof input === 'string' ? input : 'boom');
  },
});
df.app.activity('Exceed', {
  handler: () => {
    throw new QuotaError('no room');
  },
});

/** Fails as often as the input says, counted per orchestration instance. */
df.app.activity('FailTimes', {
  handler: (times: unknown, context) => {
    const key = context.triggerMetadata?.instanceId;
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    if (attempt <= Number(times)) throw new Error(`attempt ${attempt}`);
    return attempt;
  },
});

const calls = new Map<string, number>();
const held = new Map<string, PromiseWithResolvers<unknown>>();

const holdOf = (name: string): PromiseWithResolvers<unknown> => {
  const known = held.get(name) ?? Promise.withResolvers<unknown>();
  held.set(name, known);
  return known;
};

/** Its nth call for `x` runs until {@link letGo} is called for `x-n`, and returns what that was given. */
df.app.activity('Hold', {
  handler: (input: unknown) => {
    const name = String(input);
    const call = (calls.get(name) ?? 0) + 1;
    calls.set(name, call);
    return holdOf(`${name}-${call}`).promise;
  },
});

export const letGo = (name: string, result: unknown): void => holdOf(name).resolve(result);
