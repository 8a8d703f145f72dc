import { AzureOperationError } from '../../azure/failures/azure-failure.ts';
import { findSourceImage } from '../../azure/registries/source-image.ts';
import { atDigest, digestOf, movedSource } from '../../deployment/names/image.ts';

/** Where an image is imported from by its digest. */
export interface PinnedSource {
  /** `registry/repository@sha256:…`. */
  readonly source: string;
  readonly digest: string;
  /** Where it moved to, when it is gone from where the request names it. */
  readonly movedTo?: string;
}

/**
 * The source of an image with the digest that its tag names now, at its own registry or where it moved to.
 *
 * @throws AzureOperationError `SourceDigestUnknown` when the registry does not give it.
 */
export const pinSource = async (source: string): Promise<PinnedSource> => {
  const given = digestOf(source);
  if (given !== undefined) return { source, digest: given };
  const moved = movedSource(source);
  const found = (await pinned(source)) ?? (moved === undefined ? undefined : await pinned(moved, moved));
  if (found) return found;
  throw new AzureOperationError({
    code: 'SourceDigestUnknown',
    message: `The digest of ${source} is not known: the image does not exist, or not for everyone.`,
  });
};

const pinned = async (source: string, movedTo?: string): Promise<PinnedSource | undefined> => {
  const found = await findSourceImage(source);
  if (!found) return undefined;
  if (found.digest === undefined) {
    const message = `The digest of ${source} is not known: its registry does not give it.`;
    throw new AzureOperationError({ code: 'SourceDigestUnknown', message });
  }
  return { source: atDigest(source, found.digest), digest: found.digest, ...(movedTo !== undefined && { movedTo }) };
};
