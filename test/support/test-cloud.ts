import type { Timer } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import type { CloudName } from '../../local/azure-simulator/base/clouds.ts';
import type { DeploymentDocument } from '../../local/world/deployment-document.ts';
import { apiVersionOf } from '../../src/azure/settings/api-versions.ts';
import { startDriftCheck } from '../../src/functions/start-drift-check.ts';
import { providerOf } from '../../src/preflight/resource-providers.ts';
import { allSteps } from '../../src/steps/all-steps.ts';
import { taskHubOf } from '../../src/task-hub/durable-task-hub.ts';
import { invocation } from './invocation.ts';
import { TestWorld } from './world.ts';

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

/** Deploys, plans, checks for drift, connects and undoes in one cloud of Azure, and sees that nothing of it was asked of another. One cloud to a process. */
export const testCloud = (names: CloudNames): void => {
  describe(names.cloud, () => {
    let world: TestWorld;
    let deployment: DeploymentDocument;
    let outputs: Record<string, string>;

    beforeAll(async () => {
      world = await TestWorld.start({ cloud: names.cloud });
      deployment = await world.deploy({});
      outputs = JSON.parse(await (await world.fetch(`/api/deployments/${ID}/outputs`)).text());
    }, HOOK_TIMEOUT_MS);

    afterAll(async () => {
      await world.close();
      delete process.env.AZURE_CLOUD;
    });

    const hosts = (): string[] => [
      ...new Set(world.azure.simulator.requests().map(({ url }) => new URL(url).hostname)),
    ];

    it('the tutorial succeeds, in a region of the cloud', () => {
      expect(deployment.error).toBeUndefined();
      expect(deployment.status).toBe('Succeeded');
      expect(deployment.steps.filter(({ state }) => state !== 'Succeeded')).toEqual([]);
      expect(world.azure.the('Microsoft.ContainerService/managedClusters')).toMatchObject({
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
      const account = world.azure.the('Microsoft.Storage/storageAccounts');
      expect(account?.properties.primaryEndpoints).toMatchObject({
        blob: `https://${account?.name}.blob.${names.storage}/`,
      });
    });

    it('the audience of the service account is the one that the cluster puts into its tokens, in every cloud', () => {
      expect(world.sent('PUT', '/federatedIdentityCredentials/')).toMatchObject([
        { properties: { audiences: ['api://AzureADTokenExchange'], issuer: outputs.OIDC_URL } },
      ]);
    });

    it('the kubeconfig leads to the cluster', async () => {
      const kubeconfig = await world.post({}, `/api/deployments/${ID}/kubeconfig`);
      expect(await kubeconfig.text()).toMatch(new RegExp(`server: https://[^/]+\\.${names.clusters}:443`));
    });

    it('a plan finds nothing to do, and its commands are for the cloud', async () => {
      const plan = JSON.parse(await (await world.post({}, '/api/plans?commands=az')).text());
      expect(plan.summary).toEqual({ create: 0, update: 0, unchanged: 19, unknown: 0 });
      expect(plan.commands.includes(`# az cloud set --name ${names.cloud}`)).toBe(names.cloud !== 'AzureCloud');
    });

    it('an image that takes credentials is imported: they are read from a vault of the cloud', async () => {
      const vault = outputs.KEYVAULTURL ?? '';
      const secret = `${vault}secrets/docker-hub`;
      const [username, password] = ['contoso', 'dckr_pat_7mQk2'];
      await world.azure.changeImages({
        addPrivate: [PRIVATE_IMAGE.source],
        accounts: [{ registry: 'docker.io', username, password }],
      });
      for (const [name, value] of Object.entries({ user: username, token: password })) {
        const tags = { 'airflow-on-aks-registry': 'docker.io' };
        const { status } = await world.azure.somebodyElse('PUT', `${secret}-${name}?api-version=7.5`, { value, tags });
        expect(status).toBe(200);
      }
      const registryCredentials = [
        { registry: 'docker.io', usernameSecretId: `${secret}-user`, passwordSecretId: `${secret}-token` },
      ];
      const { status, error } = await world.deploy({ images: [PRIVATE_IMAGE], registryCredentials });
      expect(error).toBeUndefined();
      expect(status).toBe('Succeeded');
    });

    it('there is no drift until somebody else changes something', async () => {
      const group = `https://${names.resourceManager}/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${ID}`;
      const credential = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/airflow-identity-123/federatedIdentityCredentials/external-secret-operator?api-version=2024-11-30`;
      expect(await driftOf(world)).toMatchObject({ changes: 0 });
      const { status } = await world.azure.somebodyElse('DELETE', credential);
      expect(status).toBe(200);
      expect(await driftOf(world)).toMatchObject({ changes: 1 });
    });

    it('is undone', async () => {
      expect((await world.fetch(`/api/deployments/${ID}?confirm=${ID}`, { method: 'DELETE' })).status).toBe(202);
      await world.undone(ID);
      expect(await world.status(ID)).toMatchObject({ status: 'Deleted' });
      expect(world.azure.simulator.resources()).toEqual([]);
    });

    it('asks for the versions of the API that the preflight compares', () => {
      const compared = new Map(
        allSteps.flatMap((step) => {
          const provider = providerOf(step);
          return provider ? [[provider.namespace, apiVersionOf(provider.resource)] as const] : [];
        }),
      );
      const asked = world.azure.simulator.requests().flatMap(({ url }) => {
        const { pathname, searchParams } = new URL(url);
        const [, namespace] = /.*\/providers\/([^/]+)\/[^/]+/.exec(pathname) ?? [];
        return namespace !== undefined && compared.has(namespace)
          ? [`${namespace} ${searchParams.get('api-version')}`]
          : [];
      });
      expect(new Set(asked)).toEqual(new Set([...compared].map(([namespace, version]) => `${namespace} ${version}`)));
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

const driftOf = async (world: TestWorld) => {
  const context = invocation(world);
  await startDriftCheck(TIMER, taskHubOf(context), context);
  await world.instanceEnded('drift-check');
  await world.instanceEnded(`r:${ID}`);
  return (await world.status(ID)).drift;
};
