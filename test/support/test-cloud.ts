import type { Timer } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import type { CloudName } from '../../local/azure-simulator/base/clouds.ts';
import { ASKED_FOR, apiVersionOf, type Namespace } from '../../src/azure/api-versions.ts';
import { startDriftCheck } from '../../src/functions/start-drift-check.ts';
import { taskHubOf } from '../../src/task-hub/durable-task-hub.ts';
import { invocation } from './invocation.ts';
import { resourceOf, sentBodies } from './resources.ts';
import { somebodyElse } from './somebody-else.ts';
import { type DeploymentDocument, StandIns } from './stand-ins.ts';

/** A cloud's names, as its documentation and its command-line tool have them. */
export interface CloudNames {
  readonly cloud: CloudName;
  readonly location: string;
  readonly resourceManager: string;
  readonly vaults: string;
  readonly registries: string;
  readonly storage: string;
  readonly clusters: string;
  readonly issuers: string;
}

/** Hosts that are of no cloud: the preflight asks them for the tutorial's images. */
const PUBLIC_REGISTRIES = [
  'auth.docker.io',
  'quay.io',
  'registry-1.docker.io',
  'registry.k8s.io',
  'us-central1-docker.pkg.dev',
];

const TIMER: Timer = {
  isPastDue: false,
  schedule: { adjustForDST: false },
  scheduleStatus: { last: '', next: '', lastUpdated: '' },
};

const ID = 'apache-airflow-rg';

/** A whole deployment on a busy machine. */
const HOOK_TIMEOUT_MS = 30_000;

const PRIVATE_IMAGE = {
  source: 'docker.io/contoso/airflow:2.9.3-contoso.1',
  image: 'airflow:2.9.3-contoso.1',
};

/** Deploys, plans, looks for drift, connects and undoes in one cloud of Azure, and sees that nothing of it was asked of another. One cloud to a process. */
export const testCloud = (names: CloudNames): void => {
  describe(names.cloud, () => {
    let standIns: StandIns;
    let deployment: DeploymentDocument;
    let outputs: Record<string, string>;

    beforeAll(async () => {
      standIns = await StandIns.start({ cloud: names.cloud });
      deployment = await standIns.deploy({});
      outputs = JSON.parse(await (await standIns.fetch(`/api/deployments/${ID}/outputs`)).text());
    }, HOOK_TIMEOUT_MS);

    afterAll(async () => {
      await standIns.close();
      delete process.env.AZURE_CLOUD;
    });

    const hosts = (): string[] => [...new Set(standIns.simulator.requests().map(({ url }) => new URL(url).hostname))];

    it('the tutorial succeeds, in a region of the cloud', () => {
      expect(deployment.error).toBeUndefined();
      expect(deployment.status).toBe('Succeeded');
      expect(deployment.steps.filter(({ state }) => state !== 'Succeeded')).toEqual([]);
      expect(resourceOf(standIns, 'Microsoft.ContainerService/managedClusters')).toMatchObject({
        location: names.location,
        properties: { fqdn: expect.stringMatching(new RegExp(`\\.hcp\\.${names.location}\\.${names.clusters}$`)) },
      });
    });

    it('the outputs have the names of the cloud', () => {
      expect(outputs).toMatchObject({
        MY_LOCATION: names.location,
        KEYVAULTURL: `https://${outputs.MY_KEYVAULT_NAME}.${names.vaults}/`,
        MY_ACR_LOGIN_SERVER: `${outputs.MY_ACR_REGISTRY}.${names.registries}`,
        OIDC_URL: expect.stringContaining(`https://${names.location}.${names.issuers}/`),
      });
      const account = resourceOf(standIns, 'Microsoft.Storage/storageAccounts');
      expect(account?.properties.primaryEndpoints).toMatchObject({
        blob: `https://${account?.name}.blob.${names.storage}/`,
      });
    });

    it('the audience of the service account is the one that the cluster puts into its tokens, in every cloud', () => {
      expect(sentBodies(standIns, 'PUT', '/federatedIdentityCredentials/')).toMatchObject([
        { properties: { audiences: ['api://AzureADTokenExchange'], issuer: outputs.OIDC_URL } },
      ]);
    });

    it('the kubeconfig leads to the cluster', async () => {
      const kubeconfig = await standIns.post({}, `/api/deployments/${ID}/kubeconfig`);
      expect(await kubeconfig.text()).toMatch(new RegExp(`server: https://[^/]+\\.${names.clusters}:443`));
    });

    it('a plan finds nothing to do, and its commands are for the cloud', async () => {
      const plan = JSON.parse(await (await standIns.post({}, '/api/plans?commands=az')).text());
      expect(plan.summary).toEqual({ create: 0, update: 0, unchanged: 19 });
      expect(plan.commands.includes(`# az cloud set --name ${names.cloud}`)).toBe(names.cloud !== 'AzureCloud');
    });

    it('an image that takes credentials is imported: they are read from a vault of the cloud', async () => {
      const vault = outputs.KEYVAULTURL ?? '';
      const secret = `${vault}secrets/docker-hub`;
      const [username, password] = ['contoso', 'dckr_pat_7mQk2'];
      await standIns.control('images', {
        addPrivate: [PRIVATE_IMAGE.source],
        accounts: [{ registry: 'docker.io', username, password }],
      });
      for (const [name, value] of Object.entries({ user: username, token: password })) {
        const tags = { 'airflow-on-aks-registry': 'docker.io' };
        const { status } = await somebodyElse(standIns, 'PUT', `${secret}-${name}?api-version=7.5`, { value, tags });
        expect(status).toBe(200);
      }
      const registryCredentials = [
        { registry: 'docker.io', usernameSecretId: `${secret}-user`, passwordSecretId: `${secret}-token` },
      ];
      const { status, error } = await standIns.deploy({ images: [PRIVATE_IMAGE], registryCredentials });
      expect(error).toBeUndefined();
      expect(status).toBe('Succeeded');
    });

    it('there is no drift until somebody else changes something', async () => {
      const group = `https://${names.resourceManager}/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${ID}`;
      const credential = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/airflow-identity-123/federatedIdentityCredentials/external-secret-operator?api-version=2024-11-30`;
      expect(await driftOf(standIns)).toMatchObject({ changes: 0 });
      const { status } = await somebodyElse(standIns, 'DELETE', credential);
      expect(status).toBe(200);
      expect(await driftOf(standIns)).toMatchObject({ changes: 1 });
    });

    it('is undone', async () => {
      expect((await standIns.fetch(`/api/deployments/${ID}?confirm=${ID}`, { method: 'DELETE' })).status).toBe(202);
      await standIns.host.hub.waitFor(`u:${ID}`, ['Completed', 'Failed']);
      expect(await standIns.status(ID)).toMatchObject({ status: 'Deleted' });
      expect(standIns.simulator.resources()).toEqual([]);
    });

    it('asks for the versions of the API that the preflight compares', () => {
      const asked = standIns.simulator.requests().flatMap(({ url }) => {
        const { pathname, searchParams } = new URL(url);
        const [, namespace] = /.*\/providers\/([^/]+)\/[^/]+/.exec(pathname) ?? [];
        return isNamespace(namespace) ? [`${namespace} ${searchParams.get('api-version')}`] : [];
      });
      const compared = Object.keys(ASKED_FOR).filter(isNamespace);
      expect(new Set(asked)).toEqual(new Set(compared.map((namespace) => `${namespace} ${apiVersionOf(namespace)}`)));
    });

    it('nothing of all that was asked of another cloud', () => {
      const own = [names.vaults, names.registries, names.clusters].map((suffix) => `.${suffix}`);
      const isOwn = (host: string): boolean =>
        host === names.resourceManager || own.some((suffix) => host.endsWith(suffix));
      expect(hosts().filter((host) => !isOwn(host) && !PUBLIC_REGISTRIES.includes(host))).toEqual([]);
      // Every plane was asked, or the line above would say nothing of it.
      for (const suffix of own) expect(hosts().filter((host) => host.endsWith(suffix))).not.toEqual([]);
    });
  });
};

const isNamespace = (name: string | undefined): name is Namespace =>
  name !== undefined && Object.hasOwn(ASKED_FOR, name);

const driftOf = async (standIns: StandIns) => {
  const context = invocation(standIns);
  await startDriftCheck(TIMER, taskHubOf(context), context);
  await standIns.host.hub.waitFor('drift-check', ['Completed', 'Failed']);
  await standIns.host.hub.waitFor(`r:${ID}`, ['Completed', 'Failed']);
  return (await standIns.status(ID)).drift;
};
