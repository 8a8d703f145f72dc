import { z } from 'zod';
import { jsonObject } from '../../json.ts';
import { tagsSchema } from '../../state/resource.ts';

export const agentPoolSchema = z.looseObject({
  name: z.string(),
  mode: z.enum(['System', 'User', 'Gateway']).nullish(),
  count: z.number().int().nullish(),
  vmSize: z.string().nullish(),
  osType: z.enum(['Linux', 'Windows']).nullish(),
  type: z.string().nullish(),
  availabilityZones: z.array(z.string()).nullish(),
  orchestratorVersion: z.string().nullish(),
});

export type AgentPool = z.infer<typeof agentPoolSchema>;

const propertiesSchema = z.looseObject({
  kubernetesVersion: z.string().nullish(),
  dnsPrefix: z.string().nullish(),
  fqdnSubdomain: z.string().nullish(),
  nodeResourceGroup: z.string().nullish(),
  agentPoolProfiles: z.array(agentPoolSchema).nullish(),
  linuxProfile: z
    .looseObject({
      adminUsername: z.string(),
      ssh: z.looseObject({ publicKeys: z.array(z.looseObject({ keyData: z.string() })) }),
    })
    .nullish(),
  networkProfile: jsonObject.nullish(),
  oidcIssuerProfile: z.looseObject({ enabled: z.boolean().nullish() }).nullish(),
  servicePrincipalProfile: jsonObject.nullish(),
});

export const clusterSchema = z.looseObject({
  location: z.string(),
  tags: tagsSchema.nullish(),
  sku: z
    .looseObject({ name: z.string().nullish(), tier: z.enum(['Free', 'Standard', 'Premium', 'Paid']).nullish() })
    .nullish(),
  identity: z.looseObject({ type: z.string() }).nullish(),
  properties: propertiesSchema,
});

export type ClusterRequest = z.infer<typeof clusterSchema>;
