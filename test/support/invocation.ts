import { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import type { TestWorld } from './world.ts';

/** A function's context with a durable client, bound to the host's own task hub as the platform binds it. */
export const invocation = (world: TestWorld): InvocationContext => {
  const input = df.input.durableClient();
  const context = new InvocationContext({ options: { extraInputs: [input] } });
  const placeholder = 'http://localhost:7071/unused';
  context.extraInputs.set(input, {
    taskHubName: 'test',
    rpcBaseUrl: world.host.rpcUrl,
    creationUrls: { createNewInstancePostUri: placeholder },
    managementUrls: { id: 'INSTANCEID', statusQueryGetUri: placeholder },
  });
  return context;
};
