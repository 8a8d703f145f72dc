import { stringify } from 'yaml';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { Route } from '../../arm/route.ts';
import { SIMULATED_TENANT_ID } from '../../base/identities.ts';
import { at, textAt } from '../../base/json.ts';
import type { Seeded } from '../../base/seeded.ts';
import { type Answer, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Resource } from '../../state/resource.ts';
import { isEntraCluster } from './cluster-access.ts';
import { CLUSTER_ACTION, CLUSTER_PATH, existingCluster } from './cluster-id.ts';

/** The bearer token that a cluster's API server takes. */
export const clusterToken = (seeded: Seeded, cluster: Resource, user: string): string =>
  seeded.hex(cluster.id, `token of ${user} ${textAt(cluster.properties, 'resourceUID')}`, 128);

/** Base64 of a text in PEM form, made up: nothing here speaks TLS. */
const pem = (seeded: Seeded, id: string, label: string, purpose: string, bytes: number): string => {
  const lines = seeded.base64(id, purpose, bytes).match(/.{1,64}/g) ?? [];
  return Buffer.from([`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')).toString(
    'base64',
  );
};

/** What every kubeconfig of a cluster holds, whoever its user is. */
const contextOf = ({ world: { seeded } }: ArmRequest, cluster: Resource, user: string) => ({
  apiVersion: 'v1',
  clusters: [
    {
      cluster: {
        'certificate-authority-data': pem(seeded, cluster.id, 'CERTIFICATE', 'authority', 1200),
        server: `https://${textAt(cluster.properties, 'fqdn')}:443`,
      },
      name: cluster.name,
    },
  ],
  contexts: [{ context: { cluster: cluster.name, user }, name: cluster.name }],
  'current-context': cluster.name,
  kind: 'Config',
  preferences: {},
});

/** A kubeconfig as AKS makes it for a cluster without Entra. */
const kubeconfig = (request: ArmRequest, cluster: Resource, user: string): string => {
  const { seeded, secrets } = request.world;
  const qualified = `${user}_${request.group}_${cluster.name}`;
  const key = pem(seeded, cluster.id, 'RSA PRIVATE KEY', `key of ${user}`, 2349);
  const token = clusterToken(seeded, cluster, user);
  const text = stringify(
    {
      ...contextOf(request, cluster, qualified),
      users: [
        {
          name: qualified,
          user: {
            'client-certificate-data': pem(seeded, cluster.id, 'CERTIFICATE', `certificate of ${user}`, 1300),
            'client-key-data': key,
            token,
          },
        },
      ],
    },
    { lineWidth: 0 },
  );
  secrets.add('kubeconfig-token', token);
  secrets.add('kubeconfig-client-key', key);
  secrets.add('kubeconfig', text);
  secrets.add('kubeconfig', Buffer.from(text).toString('base64'));
  return text;
};

/** The application that AKS knows people by, the same in every tenant (azure.github.io/kubelogin). */
const SERVER_APPLICATION = '6dae42f8-4368-4678-94ff-3960e28e3630';
const CLIENT_APPLICATION = '80faf920-1908-4b52-b5ef-a8e7bedfc67a';

/** The user's kubeconfig of a cluster with Entra ID: it holds no secret, and has kubelogin ask for a token (learn.microsoft.com/azure/aks/kubelogin-authentication). */
const entraKubeconfig = (request: ArmRequest, cluster: Resource): string => {
  const user = `clusterUser_${request.group}_${cluster.name}`;
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    command: 'kubelogin',
    args: [
      'get-token',
      '--environment',
      'AzurePublicCloud',
      '--server-id',
      SERVER_APPLICATION,
      '--client-id',
      CLIENT_APPLICATION,
      '--tenant-id',
      SIMULATED_TENANT_ID,
      '--login',
      'devicecode',
    ],
    env: null,
    provideClusterInfo: false,
  };
  return stringify({ ...contextOf(request, cluster, user), users: [{ name: user, user: { exec } }] }, { lineWidth: 0 });
};

const list =
  (user: string) =>
  (request: ArmRequest): Answer => {
    const cluster = existingCluster(request);
    const state = textAt(cluster.properties, 'provisioningState');
    if (state === 'Creating') {
      // Code: from memory, unverified.
      throw new HttpError(
        409,
        'OperationNotAllowed',
        `The managed cluster ${cluster.name} is still being created; credentials are available once it is provisioned.`,
      );
    }
    if (user === 'clusterUser' && isEntraCluster(cluster)) {
      const value = Buffer.from(entraKubeconfig(request, cluster)).toString('base64');
      return json(200, { kubeconfigs: [{ name: user, value }] });
    }
    if (at(cluster.properties, 'disableLocalAccounts') === true) {
      throw new HttpError(
        400,
        'BadRequest',
        'Getting static credential is not allowed because this cluster is set to disable local accounts.',
      );
    }
    const value = Buffer.from(kubeconfig(request, cluster, user)).toString('base64');
    return json(200, { kubeconfigs: [{ name: user, value }] });
  };

/** A cluster's kubeconfigs, in base64. */
export const CREDENTIAL_ROUTES: Route[] = (
  [
    ['listClusterUserCredential', 'clusterUser'],
    ['listClusterAdminCredential', 'clusterAdmin'],
  ] as const
).map(([action, user]) => ({
  method: 'POST',
  path: `${CLUSTER_PATH}/${action}`,
  type: CLUSTER_ACTION,
  action: `${CLUSTER_ACTION}/${action}/action`,
  errors: 'flat',
  handle: list(user),
}));
