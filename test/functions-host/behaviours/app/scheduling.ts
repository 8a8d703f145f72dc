import * as df from 'durable-functions';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

df.app.orchestration('Chain', function* (context) {
  const said: unknown[] = [];
  for (let i = 0; i < Number(context.df.getInput()); i++) said.push(yield context.df.callActivity('Echo', i));
  return said;
});

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

df.app.orchestration('LosingTimer', function* (context) {
  const { cancel } = Object(context.df.getInput());
  const at = new Date(context.df.currentUtcDateTime.getTime() + 3_600_000);
  const timer = context.df.createTimer(at);
  const activity = context.df.callActivity('Say', 'fast');
  const winner: unknown = yield context.df.Task.any([activity, timer]);
  if (cancel && !timer.isCompleted) timer.cancel();
  return winner === activity ? 'activity' : 'timer';
});

df.app.orchestration('Timer', function* (context) {
  const start = context.df.currentUtcDateTime.getTime();
  yield context.df.createTimer(new Date(start + Number(context.df.getInput())));
  return context.df.currentUtcDateTime.getTime() - start;
});

df.app.orchestration('YieldedLater', function* (context) {
  const a = context.df.callActivity('Say', 'a');
  const b = context.df.callActivity('Say', 'b');
  const second: unknown = yield b;
  const first: unknown = yield a;
  return [first, second];
});

df.app.orchestration('SignalBetween', function* (context) {
  yield context.df.callActivity('Say', 1);
  context.df.signalEntity(new df.EntityId('Counter', 'between'), 'add', 5);
  yield context.df.callActivity('Say', 2);
});

df.app.orchestration('IsReplaying', function* (context) {
  const seen = [context.df.isReplaying];
  yield context.df.callActivity('Echo', 1);
  seen.push(context.df.isReplaying);
  yield context.df.callActivity('Echo', 2);
  seen.push(context.df.isReplaying);
  return seen;
});

df.app.orchestration('Changing', function* (context) {
  yield context.df.callActivity(context.df.isReplaying ? 'Echo' : 'Say', 1);
});

df.app.orchestration('UnknownActivity', function* (context) {
  yield context.df.callActivity('NoSuchActivity');
});
