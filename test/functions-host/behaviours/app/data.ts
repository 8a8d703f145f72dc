import { app } from '@azure/functions';
import * as df from 'durable-functions';

df.app.orchestration('Input', function* (context) {
  const input: unknown = context.df.getInput();
  yield context.df.callActivity('Nothing');
  return { input, type: typeof input, isNull: input === null };
});

df.app.orchestration('NothingReturned', function* (context) {
  const result: unknown = yield context.df.callActivity('Nothing');
  return { isNull: result === null };
});

df.app.orchestration('EchoEach', function* (context) {
  const values: unknown = context.df.getInput();
  const echoed: unknown[] = [];
  for (const value of Array.isArray(values) ? values : []) echoed.push(yield context.df.callActivity('Echo', value));
  return echoed;
});

df.app.orchestration('Dates', function* (context) {
  const input: unknown = context.df.getInput();
  yield context.df.callActivity('Nothing');
  return Object.entries(Object(input)).map(
    ([name, value]) => `${name}: ${value instanceof Date ? 'Date' : typeof value}`,
  );
});

df.app.orchestration('Status', function* (context) {
  context.df.setCustomStatus({ phase: 'one' });
  yield context.df.waitForExternalEvent('go');
  context.df.setCustomStatus('x'.repeat(Number(context.df.getInput())));
  yield context.df.waitForExternalEvent('end');
});

df.app.orchestration('FalsyStatus', function* (context) {
  const values = [0, '', false, null];
  for (const value of values) {
    context.df.setCustomStatus('shown');
    yield context.df.callActivity('Nothing');
    context.df.setCustomStatus(value);
    yield context.df.waitForExternalEvent('go');
  }
});

df.app.orchestration('StatusAcrossRounds', function* (context) {
  const { round = 1, rounds } = Object(context.df.getInput());
  if (round === 1) {
    context.df.setCustomStatus('of the first round');
    yield context.df.callActivity('Nothing');
  }
  if (round < rounds) {
    context.df.continueAsNew({ round: round + 1, rounds });
    return;
  }
  yield context.df.waitForExternalEvent('go');
  yield context.df.waitForExternalEvent('end');
});

/** What went to and came from the orchestrator's code in each episode, as hooks see it. */
const episodes: { readonly payload: unknown; result?: unknown }[] = [];

app.hook.preInvocation((hook) => {
  if (hook.invocationContext.options.trigger.type === 'orchestrationTrigger') {
    episodes.push({ payload: hook.inputs[0] });
  }
});
app.hook.postInvocation((hook) => {
  const last = episodes.at(-1);
  if (last && hook.invocationContext.options.trigger.type === 'orchestrationTrigger') last.result = hook.result;
});
app.http('last-episode', { handler: () => ({ jsonBody: episodes.at(-1) }) });
