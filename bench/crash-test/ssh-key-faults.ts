import { createPublicKey } from 'node:crypto';
import * as z from 'zod';
import { sshModulus } from '../ssh-modulus.ts';
import type { Evidence } from './evidence.ts';

const clusterSchema = z.object({
  type: z.string().regex(/^Microsoft\.ContainerService\/ManagedClusters$/i),
  properties: z.object({
    linuxProfile: z.object({ ssh: z.object({ publicKeys: z.array(z.object({ keyData: z.string() })) }) }),
  }),
});

/** Whether the vault holds the private half of the key that the cluster's nodes have: a pair that was made twice must not be mixed. */
export const sshKeyFaults = ({ azure, requests }: Evidence): string[] => {
  const clusters = azure.resources.flatMap((resource) => clusterSchema.safeParse(resource).data ?? []);
  const onNodes = clusters[0]?.properties.linuxProfile.ssh.publicKeys[0]?.keyData;
  const written = requests
    .filter(({ method, status }) => method === 'PUT' && status !== null && status < 300)
    .toSorted((a, b) => a.at + a.durationMs - (b.at + b.durationMs))
    .flatMap(({ body }) => privateKeyIn(body) ?? [])
    .at(-1);
  if (onNodes === undefined || written === undefined) return ['there is no cluster, or no private key in the vault'];
  return modulusOf(written) === sshModulus(onNodes.split(' ')[1] ?? '')
    ? []
    : ["the vault's private SSH key is not that of the cluster's nodes"];
};

const modulusOf = (privateKey: string): string =>
  Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).n ?? '', 'base64url').toString('hex');

const privateKeySchema = z.object({ properties: z.object({ value: z.string().startsWith('-----BEGIN') }) });

/** The private SSH key (PEM) that the body of a request puts into the vault, if it does. */
export const privateKeyIn = (body: unknown): string | undefined =>
  privateKeySchema.safeParse(body).data?.properties.value;
