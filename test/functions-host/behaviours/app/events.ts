import * as df from 'durable-functions';

df.app.orchestration('Wait', function* (context) {
  const value: unknown = yield context.df.waitForExternalEvent('go');
  return { value };
});

df.app.orchestration('TwoEvents', function* (context) {
  yield context.df.callActivity(context.df.getInput() === 'hold' ? 'Hold' : 'Say', context.df.instanceId);
  const one: unknown = yield context.df.waitForExternalEvent('go');
  const two: unknown = yield context.df.waitForExternalEvent('go');
  return [one, two];
});

df.app.orchestration('TwoWaiters', function* (context) {
  const older = context.df.waitForExternalEvent('go');
  const newer = context.df.waitForExternalEvent('go');
  yield context.df.Task.any([older, newer]);
  return { older: older.isCompleted, newer: newer.isCompleted };
});

df.app.orchestration('EventLikeAnId', function* (context) {
  const later = new Date(context.df.currentUtcDateTime.getTime() + 60_000);
  yield context.df.createTimer(later);
  return 'done';
});

df.app.orchestration('TwoRounds', function* (context) {
  const { round } = Object(context.df.getInput());
  if (round === 0) yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 2000));
  const said: unknown = yield context.df.callActivity('Hold', `${context.df.instanceId}-${round}`);
  if (round === 1) return said;
  context.df.continueAsNew({ round: 1 });
  return 'ignored';
});

df.app.orchestration('EventAcrossRounds', function* (context) {
  const { round } = Object(context.df.getInput());
  if (round === 0) {
    yield context.df.waitForExternalEvent('next');
    context.df.continueAsNew({ round: 1 });
    return undefined;
  }
  const event: unknown = yield context.df.waitForExternalEvent('go');
  return event;
});

df.app.orchestration('NextInput', function* (context) {
  const { next, nothing } = Object(context.df.getInput());
  if (next === undefined && !nothing) {
    yield context.df.callActivity('Nothing');
    return { input: context.df.getInput() };
  }
  context.df.continueAsNew(next);
  return undefined;
});
