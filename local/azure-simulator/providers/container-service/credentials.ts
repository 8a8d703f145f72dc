import { stringify } from 'yaml';
import { type Answer, json } from '../../arm/answer.ts';
import { ArmError } from '../../arm/arm-error.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { Route } from '../../arm/route.ts';
import { at, textAt } from '../../json.ts';
import type { Seeded } from '../../seeded.ts';
import type { Resource } from '../../state/resource.ts';
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

/** A kubeconfig as AKS makes it for a cluster without Entra. */
const kubeconfig = (request: ArmRequest, cluster: Resource, user: string): string => {
  const { seeded, secrets } = request.world;
  const qualified = `${user}_${request.group}_${cluster.name}`;
  const key = pem(seeded, cluster.id, 'RSA PRIVATE KEY', `key of ${user}`, 2349);
  const token = clusterToken(seeded, cluster, user);
  const text = stringify(
    {
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
      contexts: [{ context: { cluster: cluster.name, user: qualified }, name: cluster.name }],
      'current-context': cluster.name,
      kind: 'Config',
      preferences: {},
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

const list =
  (user: string) =>
  (request: ArmRequest): Answer => {
    const cluster = existingCluster(request);
    const state = textAt(cluster.properties, 'provisioningState');
    if (state === 'Creating') {
      // Code: from memory, unverified.
      throw new ArmError(
        409,
        'OperationNotAllowed',
        `The managed cluster ${cluster.name} is still being created; credentials are available once it is provisioned.`,
      );
    }
    if (at(cluster.properties, 'disableLocalAccounts') === true) {
      throw new ArmError(
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
