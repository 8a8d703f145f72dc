import { parse } from 'yaml';
import { z } from 'zod';
import { armClients } from './arm-clients.ts';

/** What is needed to speak to a cluster's API server. All of it but the server is secret. */
export interface ClusterAccess {
  readonly server: string;
  readonly certificateAuthority: string;
  readonly clientCertificate: string | undefined;
  readonly clientKey: string | undefined;
  readonly token: string | undefined;
}

/**
 * The user's kubeconfig of a cluster, as YAML. On a cluster without Entra integration it holds a certificate of an administrator: a secret,
 * never to be stored or logged.
 */
export const fetchKubeconfig = async (
  subscriptionId: string,
  resourceGroupName: string,
  clusterName: string,
): Promise<string> => {
  const { managedClusters } = armClients(subscriptionId).clusters;
  const { kubeconfigs } = await managedClusters.listClusterUserCredentials(resourceGroupName, clusterName);
  const value = kubeconfigs?.[0]?.value;
  if (!value) throw new Error(`Azure answered no kubeconfig for ${clusterName}.`);
  return Buffer.from(value).toString('utf8');
};

const base64 = z.string().transform((text) => Buffer.from(text, 'base64').toString('utf8'));

const kubeconfigSchema = z.object({
  clusters: z.tuple(
    [z.object({ cluster: z.object({ server: z.url(), 'certificate-authority-data': base64 }) })],
    z.unknown(),
  ),
  users: z.tuple(
    [
      z.object({
        user: z.object({
          'client-certificate-data': base64.optional(),
          'client-key-data': base64.optional(),
          token: z.string().optional(),
        }),
      }),
    ],
    z.unknown(),
  ),
});

/**
 * Reads the first cluster and user of a kubeconfig, the only ones that Azure puts there.
 *
 * @throws Error that quotes nothing of it, as parsers' errors do.
 */
export const parseKubeconfig = (kubeconfig: string): ClusterAccess => {
  const { clusters, users } = readKubeconfig(kubeconfig);
  const { server, 'certificate-authority-data': certificateAuthority } = clusters[0].cluster;
  const { 'client-certificate-data': clientCertificate, 'client-key-data': clientKey, token } = users[0].user;
  return { server, certificateAuthority, clientCertificate, clientKey, token };
};

const readKubeconfig = (kubeconfig: string): z.infer<typeof kubeconfigSchema> => {
  try {
    return kubeconfigSchema.parse(parse(kubeconfig));
  } catch {
    throw new SyntaxError('The kubeconfig that Azure answered is not one, or not of the usual form.');
  }
};
