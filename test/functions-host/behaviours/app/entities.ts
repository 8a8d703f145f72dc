import * as df from 'durable-functions';

df.app.entity('Counter', (context) => {
  const value = Number(context.df.getState(() => 0));
  const input: unknown = context.df.getInput();
  switch (context.df.operationName) {
    case 'add':
      context.df.setState(value + Number(input));
      context.df.return(value + Number(input));
      break;
    case 'get':
      context.df.return(value);
      break;
    case 'set-then-fail':
      context.df.setState(Number(input));
      throw new Error('no');
    case 'return-twice':
      context.df.return('one');
      context.df.return('two');
      break;
    case 'kind-of-input':
      context.df.return(typeof input);
      break;
    case 'pass-on':
      context.df.signalEntity(new df.EntityId('Counter', String(input)), 'add', value);
      break;
    case 'delete':
      context.df.destructOnExit();
      break;
  }
});

/** Keeps the sizes of the batches that it ran in: operations of one batch see the same invocation. */
df.app.entity('Batches', (context) => {
  const batches = Object(context.df.getState(() => ({})));
  const id = context.invocationId;
  context.df.setState({ ...batches, [id]: (batches[id] ?? 0) + 1 });
});

const counter = (key: string): df.EntityId => new df.EntityId('Counter', key);

const attempt = function* (task: () => df.Task): Generator<df.Task, unknown, unknown> {
  try {
    return yield task();
  } catch (error) {
    return `${Object(error).name}: ${error instanceof Error ? error.message : String(error)}`;
  }
};

df.app.orchestration('CallEntity', function* (context) {
  const own = counter(context.df.instanceId);
  const added: unknown = yield context.df.callEntity(own, 'add', 3);
  context.df.signalEntity(own, 'add', 4);
  const got: unknown = yield context.df.callEntity(own, 'get');
  const failed = yield* attempt(() => context.df.callEntity(own, 'set-then-fail', 10));
  const kept: unknown = yield context.df.callEntity(own, 'get');
  const nothing: unknown = yield context.df.callEntity(own, 'unknown');
  return { added, got, failed, kept, nothing: nothing === undefined ? 'undefined' : nothing };
});

df.app.orchestration('CallsTogether', function* (context) {
  const own = counter(context.df.instanceId);
  const results: unknown = yield context.df.Task.all([
    context.df.callEntity(own, 'return-twice'),
    context.df.callEntity(own, 'get'),
  ]);
  return results;
});

df.app.orchestration('CallUnknownEntity', function* (context) {
  yield context.df.callEntity(new df.EntityId('Nobody', 'k'), 'get');
});

df.app.orchestration('SignalMany', function* (context) {
  const batches = new df.EntityId('Batches', context.df.instanceId);
  for (let i = 0; i < Number(context.df.getInput()); i++) context.df.signalEntity(batches, 'count');
  yield context.df.callActivity('Nothing');
});

/** Moves one from entity to entity, reading before a pause and writing after it. */
df.app.orchestration('Transfer', function* (context) {
  const { from, to, lock = true } = Object(context.df.getInput());
  if (lock) yield context.df.lock(counter(from), counter(to));
  const locked = context.df.isLocked();
  const before = Number(yield context.df.callEntity(counter(from), 'get'));
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 1000));
  yield context.df.callEntity(counter(from), 'add', -1);
  yield context.df.callEntity(counter(to), 'add', 1);
  return { before, isLocked: locked.isLocked };
});

df.app.orchestration('HoldLock', function* (context) {
  const { keys, leave } = Object(context.df.getInput());
  const lock: { release?: () => void } = Object(yield context.df.lock(keys.map(counter)));
  yield context.df.waitForExternalEvent('go');
  if (leave === 'throw') throw new Error('inside the section');
  if (leave === 'release') {
    lock.release?.();
    yield context.df.waitForExternalEvent('end');
  }
  return context.df.isLocked().isLocked;
});

df.app.orchestration('BreakLockRules', function* (context) {
  yield context.df.lock(counter('ruled'));
  const broken: unknown[] = [];
  broken.push(yield* attempt(() => context.df.lock(counter('other'))));
  broken.push(yield* attempt(() => context.df.callEntity(counter('other'), 'get')));
  broken.push(yield* attempt(() => context.df.callSubOrchestrator('Chain', 0)));
  try {
    context.df.signalEntity(counter('ruled'), 'add', 1);
  } catch (error) {
    broken.push(`${Object(error).name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return broken;
});
