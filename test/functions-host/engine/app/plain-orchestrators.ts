import * as df from 'durable-functions';

df.app.orchestration('Chain', function* (context) {
  const said: unknown[] = [];
  for (let i = 0; i < Number(context.df.getInput()); i++) said.push(yield context.df.callActivity('Echo', i));
  return said;
});

df.app.orchestration('Timer', function* (context) {
  const start = context.df.currentUtcDateTime.getTime();
  yield context.df.createTimer(new Date(start + Number(context.df.getInput())));
  return context.df.currentUtcDateTime.getTime() - start;
});

df.app.orchestration('LaterTimerFirst', function* (context) {
  const at = (ms: number): Date => new Date(context.df.currentUtcDateTime.getTime() + ms);
  const later = context.df.createTimer(at(2000));
  const earlier = context.df.createTimer(at(1000));
  const winner: unknown = yield context.df.Task.any([later, earlier]);
  return winner === earlier ? 'earlier' : 'later';
});

df.app.orchestration('Fan', function* (context) {
  const tasks = Array.from({ length: Number(context.df.getInput()) }, (_, i) => context.df.callActivity('Echo', i));
  const results: unknown = yield context.df.Task.all(tasks);
  return results;
});

df.app.orchestration('Parent', function* (context) {
  const { child, input, id } = Object(context.df.getInput());
  const result: unknown = yield context.df.callSubOrchestrator(child, input, id);
  return { result };
});

df.app.orchestration('WhoAmI', function* (context) {
  yield context.df.callActivity('Nothing');
  return { id: context.df.instanceId, parent: context.df.parentInstanceId, version: context.df.version };
});

df.app.orchestration('Mixed', function* (context) {
  const first: unknown = yield context.df.callActivity('Echo', { n: 1 });
  const [a, b] = yield context.df.Task.all([
    context.df.callActivity('Echo', 2),
    context.df.callSubOrchestrator('Chain', 2),
  ]);
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 60_000));
  const retried: unknown = yield context.df.callActivityWithRetry('FailTimes', new df.RetryOptions(1000, 3), 1);
  return { first, a, b, retried: Number(retried) > 1 };
});

df.app.orchestration('CallEntity', function* (context) {
  const counter = new df.EntityId('Counter', context.df.instanceId);
  const added: unknown = yield context.df.callEntity(counter, 'add', 3);
  context.df.signalEntity(counter, 'add', 4);
  const got: unknown = yield context.df.callEntity(counter, 'get');
  let error = '';
  try {
    yield context.df.callEntity(counter, 'fail');
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  }
  return { added, got, error };
});

df.app.orchestration('Locked', function* (context) {
  const [a, b] = [new df.EntityId('Counter', 'a'), new df.EntityId('Counter', 'b')];
  const lock: { release?: () => void } = Object(yield context.df.lock(a, b));
  const before = Number(yield context.df.callEntity(a, 'get'));
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 1000));
  yield context.df.callEntity(a, 'add', 1);
  yield context.df.callEntity(b, 'add', 1);
  lock.release?.();
  const after: unknown = yield context.df.callActivity('Echo', before);
  return after;
});

df.app.orchestration('Http', function* (context) {
  const response: unknown = yield context.df.callHttp({
    method: 'POST',
    url: String(context.df.getInput()),
    body: { a: 1 },
    headers: { 'x-asked': 'yes' },
  });
  const after: unknown = yield context.df.callActivity('Echo', 'after');
  return { response, after };
});

df.app.orchestration('TimerRounds', function* (context) {
  const { round } = Object(context.df.getInput());
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 1000));
  if (round < 3) context.df.continueAsNew({ round: round + 1 });
  return round;
});

df.app.orchestration('ForEver', function* (context) {
  if (context.df.getInput() === 'wait') yield context.df.callActivity('Nothing');
  context.df.continueAsNew(null);
});
