import * as df from 'durable-functions';

/** Calls as the input says, then an activity, to show that ids are still in step. */
df.app.orchestration('CallHttp', function* (context) {
  const { managedIdentity, ...options } = Object(context.df.getInput());
  const tokenSource = managedIdentity
    ? { tokenSource: new df.ManagedIdentityTokenSource('https://vault.azure.net') }
    : {};
  let response: unknown;
  try {
    response = yield context.df.callHttp({ ...options, ...tokenSource });
  } catch (error) {
    response = { name: Object(error).name, error: error instanceof Error ? error.message.split(' \n ')[0] : error };
  }
  const after: unknown = yield context.df.callActivity('Echo', 'after');
  return { response, after };
});
