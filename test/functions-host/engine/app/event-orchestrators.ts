import * as df from 'durable-functions';

df.app.orchestration('Wait', function* (context) {
  const value: unknown = yield context.df.waitForExternalEvent('go');
  return { value };
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
