import { type CloudRules, tutorialCloud } from '../names/cloud-rules.ts';
import { splitSource } from '../names/image.ts';
import { deploymentRequestSchema } from './deployment-request.ts';
import type { FieldError } from './field-error.ts';
import type { Deployment } from './resolve-deployment.ts';

/** What a service allows its callers; absent is everything. Locations, sizes and hosts in lower case. */
export interface AllowedValues {
  readonly locations?: readonly string[] | undefined;
  /** Names of VM sizes; a `*` at the end stands for any rest. */
  readonly vmSizes?: readonly string[] | undefined;
  readonly maxNodeCount?: number | undefined;
  /** The hosts of registries that images are imported from. */
  readonly imageRegistries?: readonly string[] | undefined;
}

/** What a deployment asks for that the service does not allow, defaults included. */
export const refusedValues = (
  deployment: Deployment,
  allowed: AllowedValues,
  { defaultLocation }: CloudRules = tutorialCloud,
): FieldError[] => {
  const { location, cluster, images } = deployment;
  const { locations, vmSizes, maxNodeCount, imageRegistries } = allowed;
  const defaults = deploymentRequestSchema.parse({});
  const errors: FieldError[] = [];
  const refuse = (field: string, value: string | number, rule: string, isDefault: boolean): void => {
    errors.push({ field, message: `is ${value}${isDefault ? ' by default' : ''}; ${rule}` });
  };
  if (locations && !locations.includes(location)) {
    refuse('location', location, `this service allows ${locations.join(', ')}`, location === defaultLocation);
  }
  const { nodeVmSize, nodeCount } = cluster;
  if (vmSizes && !vmSizes.some((pattern) => fits(nodeVmSize, pattern))) {
    const isDefault = nodeVmSize === defaults.cluster.nodeVmSize;
    refuse('cluster.nodeVmSize', nodeVmSize, `this service allows ${vmSizes.join(', ')}`, isDefault);
  }
  if (maxNodeCount !== undefined && nodeCount > maxNodeCount) {
    const isDefault = nodeCount === defaults.cluster.nodeCount;
    refuse('cluster.nodeCount', nodeCount, `this service allows at most ${maxNodeCount}`, isDefault);
  }
  for (const [index, { source }] of imageRegistries ? images.entries() : []) {
    if (imageRegistries?.includes(splitSource(source).registryUri.toLowerCase())) continue;
    const isDefault = defaults.images.some((image) => image.source === source);
    refuse(
      `images.${index}.source`,
      source,
      `this service allows images from ${imageRegistries?.join(', ')}`,
      isDefault,
    );
  }
  return errors;
};

const fits = (name: string, pattern: string): boolean =>
  pattern.endsWith('*')
    ? name.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase())
    : name.toLowerCase() === pattern.toLowerCase();
