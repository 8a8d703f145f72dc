import { createPublicKey } from 'node:crypto';
import * as z from 'zod';
import type { Evidence } from './evidence.ts';
import { privateKeyIn } from './private-key-in.ts';

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
  return modulusOf(written) === modulusOfOpenSsh(onNodes)
    ? []
    : ["the vault's private SSH key is not that of the cluster's nodes"];
};

const modulusOf = (privateKey: string): string =>
  Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).n ?? '', 'base64url').toString('hex');

/** The last field of the key's blob (RFC 4253 §6.6), whose first byte is a zero that keeps it positive. */
const modulusOfOpenSsh = (publicKey: string): string => {
  const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
  let field = blob.subarray(0, 0);
  for (let offset = 0; offset < blob.length; ) {
    const end = offset + 4 + blob.readUInt32BE(offset);
    field = blob.subarray(offset + 4, end);
    offset = end;
  }
  return field.toString('hex').replace(/^00/, '');
};
