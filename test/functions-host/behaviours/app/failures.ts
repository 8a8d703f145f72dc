import * as df from 'durable-functions';
import { QuotaError } from './activities.ts';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

df.app.setExceptionPropertiesProvider({
  getExceptionProperties: (error) => (error instanceof QuotaError ? { left: error.left } : undefined),
});

df.app.orchestration('FailingActivity', function* (context) {
  yield context.df.callActivity('Fail', 'boom');
});

df.app.orchestration('Caught', function* (context) {
  const { activity, input } = Object(context.df.getInput());
  try {
    yield context.df.callActivity(activity, input);
    return 'no error';
  } catch (error) {
    const { name, failureDetails } = Object(error);
    return { name, message: messageOf(error).split(' \n ')[0], properties: failureDetails?.properties };
  }
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

df.app.orchestration('CatchingParent', function* (context) {
  try {
    yield context.df.callSubOrchestrator(String(context.df.getInput()), undefined, `${context.df.instanceId}-child`);
    return 'no error';
  } catch (error) {
    return { caught: messageOf(error) };
  }
});

df.app.orchestration('Parent', function* (context) {
  const result: unknown = yield context.df.callSubOrchestrator(
    String(context.df.getInput()),
    1,
    `${context.df.instanceId}-child`,
  );
  return { result };
});

df.app.orchestration('FailTimesOnce', function* (context) {
  const attempt: unknown = yield context.df.callActivity('FailTimes', context.df.getInput());
  return attempt;
});

df.app.orchestration('FailThenWait', function* (context) {
  yield context.df.callActivity('FailTimes', 1);
  yield context.df.waitForExternalEvent('go');
});

df.app.orchestration('Grandparent', function* (context) {
  yield context.df.callActivity('Nothing');
  const result: unknown = yield context.df.callSubOrchestrator(
    'Parent',
    'FailTimesOnce',
    `${context.df.instanceId}-child`,
  );
  return result;
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

/** Tries a child that fails once, under one id or under those that the host makes. */
df.app.orchestration('RetryChild', function* (context) {
  const { named, child, input } = Object(context.df.getInput());
  const id = named ? `${context.df.instanceId}-child` : undefined;
  const retry = new df.RetryOptions(1000, 2);
  try {
    const result: unknown = yield context.df.callSubOrchestratorWithRetry(child, retry, input, id);
    return { result };
  } catch {
    return 'gave up';
  }
});
