import { z } from 'zod';
import { command } from '../deployment/az/az-lines.ts';
import { flag } from '../deployment/az/az-words.ts';
import { atDigest, movedSource } from '../deployment/names/image.ts';
import {
  credentialsFor,
  type RegistryCredentials,
  storedCredentialsSchema,
} from '../deployment/names/registry-credentials.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import { defineStepForEach, nodeName } from './define-step.ts';
import { imageReferences } from './image-references.ts';
import { groupFields } from './input-fields.ts';
import { registryGroupOf } from './input-parts.ts';
import { registry } from './registry.ts';

/** The name of the step's node for an image, by the image's own name in the registry. */
export const imageNodeName = (image: string): string => nodeName('image', image);

/** The import of an image into the registry; one for each image of the request. */
export const image = defineStepForEach({
  name: 'image',
  summary: 'Imports an image into the registry, in the profile `hardened` by its digest.',
  each: ({ images }) => images.map((item) => ({ key: item.image, item })),
  atOnce: ({ imageImportConcurrency }) => imageImportConcurrency,
  uses: { registry },
  reads: ['images', 'registryCredentials'],
  input: z.object({
    ...groupFields,
    registryName: z.string(),
    /** The registry's own host; empty in the plan of a registry that does not exist. */
    loginServer: z.string(),
    source: z.string(),
    image: z.string(),
    /** Where the source registry's credentials are, when it takes some. */
    credentials: storedCredentialsSchema.optional(),
    /** Whether it is imported by its digest. */
    pinned: z.boolean().optional(),
  }),
  value: z.object({ source: z.string(), image: z.string(), digest: z.string().optional() }),
  from(deployment, { registry: { loginServer } }, { source, image: target }) {
    const credentials = credentialsFor(source, deployment.registryCredentials);
    return {
      ...registryGroupOf(deployment),
      registryName: deployment.registryName,
      loginServer,
      source,
      image: target,
      ...(credentials && { credentials }),
      ...(isHardened(deployment) && { pinned: true }),
    };
  },
  unknown: { registry: { id: '', loginServer: '' } },
  // Images of a few hundred megabytes take 20 to 40 seconds.
  usualSeconds: { create: 30 },
  deadlineMinutes: 360,
  actions: [
    {
      action: 'Microsoft.ContainerRegistry/locations/operationResults/read',
      why: "follows an import, and a registry's deletion",
      needed: 'write',
    },
    {
      action: 'Microsoft.ContainerRegistry/registries/importImage/action',
      why: 'imports the images',
      needed: 'write',
    },
  ],
  resourceId: registry.resourceId,
  actsOn: (deployment) => [registry.resourceId(deployment)],
  commandOrder: 13,
  commands(deployment, { name, planned, findings }, { source, image: target }) {
    const moved = findings.some((finding) => finding.rule === 'source-image-moved' && finding.step === name);
    const place = (moved ? movedSource(source) : undefined) ?? source;
    const digest = planned?.changes.find(({ property }) => property === 'digest')?.to;
    const importImage = command(
      'az acr import',
      flag('name', deployment.registryName),
      flag('source', digest === undefined ? place : atDigest(place, digest)),
      flag('image', target),
      credentialFlags(credentialsFor(source, deployment.registryCredentials)),
    );
    // On an update the tag is there, and is to point to another image.
    return { create: [importImage], update: [`${importImage} --force`] };
  },
  outputs: (_, images, { registry: { loginServer } }) => imageReferences(loginServer, images),
});

/** The values go from the vault into the command, not into the plan. */
const credentialFlags = (credentials: RegistryCredentials | undefined): string => {
  if (!credentials) return '';
  const value = (id: string): string => `"$(az keyvault secret show ${flag('id', id)} --query value --output tsv)"`;
  return `--username ${value(credentials.usernameSecretId)} --password ${value(credentials.passwordSecretId)}`;
};
