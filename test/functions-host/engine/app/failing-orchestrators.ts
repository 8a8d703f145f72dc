import * as df from 'durable-functions';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

df.app.orchestration('RetryOnce', function* (context) {
  try {
    yield context.df.callActivityWithRetry('Fail', new df.RetryOptions(1000, 1), 'boom');
    return 'no error';
  } catch (error) {
    return messageOf(error).split(' \n ')[0];
  }
});

df.app.orchestration('Backoff', function* (context) {
  const options = new df.RetryOptions(1000, 4);
  options.backoffCoefficient = 2;
  options.maxRetryIntervalInMilliseconds = 3000;
  try {
    yield context.df.callActivityWithRetry('Fail', options);
  } catch {
    return 'gave up';
  }
  return 'no error';
});

df.app.orchestration('FailingActivity', function* (context) {
  yield context.df.callActivity('Fail', 'boom');
});

df.app.orchestration('CaughtFailure', function* (context) {
  try {
    yield context.df.callActivity('Fail', 'boom');
    return 'no error';
  } catch (error) {
    const { name, failureDetails } = Object(error);
    return { name, message: messageOf(error).split(' \n ')[0], properties: failureDetails?.properties };
  }
});

df.app.orchestration('FailTimesOnce', function* (context) {
  const attempt: unknown = yield context.df.callActivity('FailTimes', context.df.getInput());
  return attempt;
});

df.app.orchestration('Throws', function* (context) {
  yield context.df.callActivity('Nothing');
  throw new Error('my fault');
});

df.app.orchestration('ThrowsText', function* (context) {
  yield context.df.callActivity('Nothing');
  throw 'x';
});

df.app.orchestration('ThrowsEmpty', function* (context) {
  yield context.df.callActivity('Nothing');
  throw new Error('');
});

df.app.orchestration('UnknownActivity', function* (context) {
  yield context.df.callActivity('NoSuchActivity');
});

df.app.orchestration('Changing', function* (context) {
  yield context.df.callActivity(context.df.isReplaying ? 'Echo' : 'Say', 1);
});

df.app.orchestration('CaughtAll', function* (context) {
  const later = new Date(context.df.currentUtcDateTime.getTime() + 60_000);
  try {
    yield context.df.Task.all([context.df.callActivity('Fail'), context.df.createTimer(later)]);
  } catch {
    const said: unknown = yield context.df.callActivity('Say', 'after');
    return said;
  }
  return 'no error';
});

df.app.orchestration('CaughtAllWithRetry', function* (context) {
  const retry = context.df.callActivityWithRetry('FailTimes', new df.RetryOptions(1000, 2), 1);
  try {
    yield context.df.Task.all([context.df.callActivity('Fail'), retry]);
  } catch {
    const said: unknown = yield context.df.callActivity('Say', 'after');
    return { said: said ?? 'nothing' };
  }
  return 'no error';
});
