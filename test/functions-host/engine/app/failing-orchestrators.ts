import * as df from 'durable-functions';

df.app.orchestration('FailTimesOnce', function* (context) {
  const attempt: unknown = yield context.df.callActivity('FailTimes', context.df.getInput());
  return attempt;
});

df.app.orchestration('Throws', function* (context) {
  yield context.df.callActivity('Nothing');
  throw new Error('my fault');
});
