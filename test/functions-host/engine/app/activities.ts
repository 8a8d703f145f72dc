import * as df from 'durable-functions';

const attempts = new Map<unknown, number>();

df.app.activity('Echo', { handler: (input: unknown) => input });
df.app.activity('Say', { handler: (input: unknown) => `said ${JSON.stringify(input)}` });
df.app.activity('Nothing', { handler: () => undefined });
df.app.activity('Fail', {
  handler: (input: unknown) => {
    throw new Error(typeof input === 'string' ? input : 'boom');
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
