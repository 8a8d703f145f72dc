import { expect, it } from 'vitest';
import { federatedCredentialImplementation } from '../../src/activities/federated-credential.ts';
import { federatedCredential } from '../../src/steps/federated-credential.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, stepInput } from '../support/call-activity.ts';
import { NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';
import { ISSUER } from './a-cluster.ts';

const azure = useScriptedAzure();

const CREDENTIAL = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/idair/federatedIdentityCredentials/external-secret-operator`;
const GET = `GET ${CREDENTIAL}`;
const PUT = `PUT ${CREDENTIAL}`;

const WANTED = {
  issuer: ISSUER,
  subject: 'system:serviceaccount:airflow:airflow',
  audiences: ['api://AzureADTokenExchange'],
};
const DONE = { kind: 'done', value: { id: CREDENTIAL }, resourceId: CREDENTIAL };

const CLUSTER_VALUE = {
  id: 'cluster',
  oidcIssuerUrl: ISSUER,
  kubeletObjectId: '',
  nodeResourceGroup: '',
  kubernetesVersion: '',
  nodeCount: 3,
  fqdn: '',
};

const input = () => stepInput(federatedCredential, deploymentAir(), { cluster: CLUSTER_VALUE });
const inspect = () => federatedCredentialImplementation.inspect(input());
const apply = () => callActivity(federatedCredentialImplementation.activity, input());

it('the trust in the service account is created', async () => {
  azure.on(GET, NOT_FOUND);
  azure.on(PUT, { status: 201, body: { id: CREDENTIAL, properties: WANTED } });
  expect(await inspect()).toEqual({ action: 'create', changes: [], resourceId: CREDENTIAL });
  expect(await apply()).toEqual({ ...DONE, change: 'created' });
  expect(azure.request(PUT).body).toEqual({ properties: WANTED });
});

it('the trust in the service account stays as it is', async () => {
  azure.on(GET, { body: { id: CREDENTIAL, properties: WANTED } });
  expect(await inspect()).toEqual({
    action: 'unchanged',
    changes: [],
    resourceId: CREDENTIAL,
    value: { id: CREDENTIAL },
  });
  expect(await apply()).toEqual({ ...DONE, change: 'unchanged' });
  expect(azure.routes).toEqual([GET, GET]);
});

it.each([
  ['issuer', { issuer: 'https://other' }, 'https://other', ISSUER],
  ['subject', { subject: 'system:serviceaccount:a:b' }, 'system:serviceaccount:a:b', WANTED.subject],
  ['audiences', { audiences: ['a', 'b'] }, 'a,b', WANTED.audiences[0]],
  ['audiences', { audiences: undefined }, 'not set', WANTED.audiences[0]],
])('the trust in the service account is changed where its %s differs: %j', async (property, parts, from, to) => {
  azure.on(GET, { body: { id: CREDENTIAL, properties: { ...WANTED, ...parts } } });
  azure.on(PUT, { body: { id: CREDENTIAL, properties: WANTED } });
  expect(await inspect()).toEqual({
    action: 'update',
    changes: [{ property, from, to }],
    resourceId: CREDENTIAL,
    value: { id: CREDENTIAL },
  });
  expect(await apply()).toEqual({ ...DONE, change: 'updated', changed: [property] });
  expect(azure.request(PUT).body).toEqual({ properties: WANTED });
});
