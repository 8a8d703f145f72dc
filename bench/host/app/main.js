/** What `npm run bench:host` runs: the smallest possible functions, so that what is measured is the host and the SDK. */
const { app } = require('@azure/functions');
const df = require('durable-functions');

app.http('hello', { methods: ['GET'], handler: () => ({ body: 'hello' }) });

app.http('start', {
  methods: ['POST'],
  route: 'start/{name}/{size:int}',
  extraInputs: [df.input.durableClient()],
  handler: async ({ params }, context) => ({
    body: await df.getClient(context).startNew(params.name, { input: Number(params.size) }),
  }),
});

df.app.activity('echo', { handler: (number) => number });

df.app.orchestration('chain', function* (context) {
  const size = context.df.getInput();
  let sum = 0;
  for (let i = 0; i < size; i++) sum += yield context.df.callActivity('echo', i);
  return sum;
});

df.app.orchestration('fan-out', function* (context) {
  const tasks = Array.from({ length: context.df.getInput() }, (_, i) => context.df.callActivity('echo', i));
  const results = yield context.df.Task.all(tasks);
  return results.reduce((sum, each) => sum + each, 0);
});
