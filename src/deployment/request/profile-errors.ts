import { digestOf, isAsked, splitSource } from '../names/image.ts';
import type { DeploymentRequest } from './deployment-request.ts';
import type { FieldError } from './field-error.ts';

/** What a request asks for that its profile does not have, or cannot do. */
export const profileErrors = ({ profile, cluster, images }: DeploymentRequest): FieldError[] => {
  if (profile !== 'hardened') {
    return (['authorizedIpRanges', 'adminGroupObjectIds'] as const).flatMap((field) =>
      cluster[field] === undefined
        ? []
        : [{ field: `cluster.${field}`, message: 'needs the profile hardened: add "profile": "hardened"' }],
    );
  }
  return images.flatMap(({ source }, index) =>
    digestOf(source) !== undefined || isAsked(source)
      ? []
      : [
          {
            field: `images.${index}.source`,
            message: `must name a digest (registry/repository@sha256:…) in the profile hardened: ${splitSource(source).registryUri} is not asked which one a tag has`,
          },
        ],
  );
};
