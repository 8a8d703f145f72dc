import { app, type HttpHandler, type HttpMethod, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import * as df from 'durable-functions';
import { letGo } from './activities.ts';

const route = (name: string, path: string, handler: HttpHandler, methods: HttpMethod[] = ['GET', 'POST']): void => {
  app.http(name, { route: path, methods, authLevel: 'anonymous', extraInputs: [df.input.durableClient()], handler });
};

const jsonOf = async (request: HttpRequest): Promise<unknown> => {
  const text = await request.text();
  return text === '' ? undefined : JSON.parse(text);
};

const accepted: HttpResponseInit = { status: 202 };

route('start', 'start/{name}/{id?}', async (request, context) => {
  const client = df.getClient(context);
  const { name = '', id } = request.params;
  const instanceId = await client.startNew(name, {
    ...(id === undefined ? {} : { instanceId: id }),
    input: await jsonOf(request),
  });
  return client.createCheckStatusResponse(request, instanceId);
});

route('start-and-wait', 'start-and-wait/{name}', async (request, context) => {
  const client = df.getClient(context);
  const id = await client.startNew(request.params.name ?? '', { input: await jsonOf(request) });
  return client.waitForCompletionOrCreateCheckStatusResponse(request, id, {
    timeoutInMilliseconds: 5000,
    retryIntervalInMilliseconds: 50,
  });
});

route('status-route', 'status/{id}', async (request, context) => ({
  jsonBody: await df.getClient(context).getStatus(request.params.id ?? '', { showHistory: true }),
}));

route('all', 'all', async (_request, context) => ({ jsonBody: await df.getClient(context).getStatusAll() }));

route('finished', 'finished', async (request, context) => {
  const from = new Date(request.query.get('from') ?? 0);
  const found = await df.getClient(context).getStatusBy({
    createdTimeFrom: from,
    runtimeStatus: [df.OrchestrationRuntimeStatus.Completed, df.OrchestrationRuntimeStatus.Failed],
  });
  return { jsonBody: found.map(({ instanceId }) => instanceId) };
});

route('purge', 'purge/{id}', async (request, context) => ({
  jsonBody: await df.getClient(context).purgeInstanceHistory(request.params.id ?? ''),
}));

route('raise', 'raise/{id}/{event}', async (request, context) => {
  const { id = '', event = '' } = request.params;
  await df.getClient(context).raiseEvent(id, event, await jsonOf(request));
  return accepted;
});

route('command', 'command/{id}/{operation}', async (request, context) => {
  const client = df.getClient(context);
  const { id = '', operation } = request.params;
  if (operation === 'terminate') await client.terminate(id, 'by the client');
  else if (operation === 'suspend') await client.suspend(id, 'by the client');
  else if (operation === 'resume') await client.resume(id, 'by the client');
  else if (operation === 'rewind') {
    try {
      await client.rewind(id, 'by the client');
    } catch (error) {
      return { status: 409, body: error instanceof Error ? error.message : String(error) };
    }
  }
  return accepted;
});

route('signal', 'signal/{entity}/{key}/{operation}', async (request, context) => {
  const { entity = '', key = '', operation } = request.params;
  await df.getClient(context).signalEntity(new df.EntityId(entity, key), operation, await jsonOf(request));
  return accepted;
});

route('entity', 'entity/{entity}/{key}', async (request, context) => {
  const { entity = '', key = '' } = request.params;
  return { jsonBody: await df.getClient(context).readEntityState(new df.EntityId(entity, key)) };
});

route('urls', 'urls/{id}', (request, context) => ({
  jsonBody: df.getClient(context).createHttpManagementPayload(request.params.id ?? ''),
}));

route('let-go', 'let-go/{name}', async (request) => {
  letGo(request.params.name ?? '', await jsonOf(request));
  return accepted;
});
