import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  SIMULATED_CALLER_OBJECT_ID,
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_OBJECT_ID,
} from '../../local/azure-simulator/azure-simulator.ts';
import { type Fixture, fetchToken, GROUP, LOCATION, sendRaw, startFixture } from './fixture.ts';
import { operatorToken } from './log-in.ts';

const GRAPH = 'https://graph.microsoft.com';

let azure: Fixture;
let authorization: string;
beforeEach(async () => {
  azure = await startFixture();
  authorization = `Bearer ${await operatorToken(azure.url, GRAPH)}`;
});
afterEach(() => azure.close());

const graph = (method: string, path: string, body?: unknown, token = authorization) =>
  sendRaw(azure.url, method, `/v1.0/${path}`, { host: 'graph.microsoft.com', authorization: token }, body);

const find = (filter: string) => graph('GET', `servicePrincipals?$filter=${encodeURIComponent(filter)}`);

describe('Graph', () => {
  it('has no /me for an application, which is how the CLI knows', async () => {
    expect(await graph('GET', 'me')).toMatchObject({
      status: 400,
      body: { error: { code: 'BadRequest', message: '/me request is only valid with delegated authentication flow.' } },
    });
  });

  it.each([
    `servicePrincipalNames/any(c:c eq '${SIMULATED_OPERATOR_CLIENT_ID}')`,
    `appId eq '${SIMULATED_OPERATOR_CLIENT_ID.toUpperCase()}'`,
    "displayName eq 'operator'",
    "startswith(displayName,'Oper')",
  ])('finds a service principal by %s', async (filter) => {
    expect(await find(filter)).toMatchObject({
      status: 200,
      body: { value: [{ id: SIMULATED_OPERATOR_OBJECT_ID, servicePrincipalType: 'Application' }] },
    });
  });

  it('knows no service principal by the name that the CLI gives to a managed identity', async () => {
    const answer = await find("servicePrincipalNames/any(c:c eq 'systemAssignedIdentity')");
    expect(answer).toMatchObject({ status: 200, body: { value: [] } });
  });

  it('refuses a filter that it does not understand', async () => {
    expect(await find("endswith(displayName,'or')")).toMatchObject({
      status: 400,
      body: { error: { code: 'Request_UnsupportedQuery' } },
    });
  });

  it('knows a new managed identity once it has replicated', async () => {
    await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
    const { principalId, clientId } = await azure.held(async () => {
      const made = await azure.identities.userAssignedIdentities.createOrUpdate(GROUP, 'airflow', {
        location: LOCATION,
      });
      const ids = [made.principalId];
      expect(await graph('POST', 'directoryObjects/getByIds', { ids })).toMatchObject({ body: { value: [] } });
      return made;
    });
    await azure.clock.sleep(60_000);
    const ids = [principalId, 'aaaaaaaa-0000-4000-8000-000000000000'];
    expect(
      await graph('POST', 'directoryObjects/getByIds', { ids, types: ['user', 'servicePrincipal'] }),
    ).toMatchObject({
      status: 200,
      body: {
        value: [
          {
            '@odata.type': '#microsoft.graph.servicePrincipal',
            id: principalId,
            appId: clientId,
            displayName: 'airflow',
            servicePrincipalType: 'ManagedIdentity',
          },
        ],
      },
    });
    const users = await graph('POST', 'directoryObjects/getByIds', { ids, types: ['user', 'group'] });
    expect(users).toMatchObject({ status: 200, body: { value: [] } });
    expect(await graph('GET', `servicePrincipals/${principalId}`)).toMatchObject({ status: 200 });
    await azure.identities.userAssignedIdentities.delete(GROUP, 'airflow');
    expect(await graph('GET', `servicePrincipals/${principalId}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'Request_ResourceNotFound' } },
    });
  });

  it('answers nothing about others to a managed identity, which nobody gave the permission', async () => {
    const token = `Bearer ${await fetchToken(azure.url, GRAPH)}`;
    const ids = [SIMULATED_CALLER_OBJECT_ID];
    for (const answer of [
      await graph('GET', 'servicePrincipals', undefined, token),
      await graph('POST', 'directoryObjects/getByIds', { ids }, token),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } });
    }
  });

  it('refuses a token of another service, and what it does not know', async () => {
    const token = `Bearer ${await fetchToken(azure.url, 'https://management.azure.com')}`;
    expect((await graph('GET', 'me', undefined, token)).status).toBe(401);
    expect((await graph('GET', 'applications')).status).toBe(400);
    expect((await graph('POST', 'directoryObjects/getByIds', { ids: ['x'] })).status).toBe(400);
  });
});
