import * as df from 'durable-functions';

df.app.orchestration('TwoEvents', function* (context) {
  yield context.df.callActivity('Say', 'first');
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

df.app.orchestration('Wait', function* (context) {
  const value: unknown = yield context.df.waitForExternalEvent('go');
  return { value };
});

df.app.orchestration('ParentOfWait', function* (context) {
  yield context.df.callSubOrchestrator('Wait', undefined, `${context.df.instanceId}-child`);
});

df.app.orchestration('Rounds', function* (context) {
  const { round, last } = Object(context.df.getInput());
  if (round === 0) {
    const event = context.df.waitForExternalEvent('go');
    const activity = context.df.callActivity('Say', 'lost');
    yield context.df.Task.any([event, activity]);
  }
  const said: unknown = yield context.df.callActivity('Echo', `round ${round}`);
  if (round < last) {
    context.df.continueAsNew({ round: round + 1, last });
    return 'ignored';
  }
  return said;
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
