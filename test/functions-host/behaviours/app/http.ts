import { app, type HttpHandler, output, trigger } from '@azure/functions';

const http = (name: string, route: string, handler: HttpHandler): void => {
  app.http(name, { methods: ['GET'], route, authLevel: 'anonymous', handler });
};

http('plain', 'plain', () => ({ body: 'plain' }));
http('throwing-route', 'throws', () => {
  throw new Error('boom');
});
// What JavaScript lets an app do; the types of @azure/functions do not.
const untyped = (name: string, handler: () => unknown): void => {
  const httpTrigger = trigger.generic({ type: 'httpTrigger', methods: ['GET'], authLevel: 'anonymous' });
  app.generic(name, { trigger: httpTrigger, return: output.http({}), handler });
};
untyped('nothing-returned', () => undefined);
untyped('text-returned', () => 'not an object');
http('query', 'query/{name}/{extra?}', (request) => ({
  jsonBody: { a: request.query.get('a'), params: request.params },
}));
http('cookies', 'cookies', () => ({
  headers: [
    ['set-cookie', 'lost=1'],
    ['set-cookie', 'kept=2'],
  ],
  cookies: [
    { name: 'a', value: '1' },
    { name: 'b', value: '2' },
  ],
}));
// Tried in the order of names: 'a-parameter' hides the literal route of 'b-literal'.
http('b-literal', 'order/literal', () => ({ body: 'b-literal' }));
http('a-parameter', 'order/{anything}', () => ({ body: 'a-parameter' }));
