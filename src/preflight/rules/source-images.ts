import { type RegistrySession, registrySession } from '../../azure/registries/registry-session.ts';
import { findSourceImage } from '../../azure/registries/source-image.ts';
import { readSettings } from '../../azure/settings/settings.ts';
import { digestOf, isAsked, movedSource } from '../../deployment/names/image.ts';
import { credentialsFor } from '../../deployment/names/registry-credentials.ts';
import { type Finding, finding, notChecked } from '../../deployment/plan/finding.ts';
import { isHardened } from '../../deployment/profile/profile-differences.ts';
import type { Deployment } from '../../deployment/request/resolve-deployment.ts';
import { imageNodeName } from '../../steps/image.ts';
import type { Rule } from './rule.ts';

type Image = Deployment['images'][number];

/** An image that was imported already may have gone from its source since. The setting CHECK_SOURCE_IMAGES turns this off. */
export const sourceImages: Rule = {
  question: 'the source images are present',
  async check({ deployment, registry }) {
    if (!readSettings().CHECK_SOURCE_IMAGES) return [];
    const loginServer = (await registry())?.loginServer;
    const session = loginServer === undefined ? undefined : registrySession(loginServer);
    const { images, registryCredentials } = deployment;
    const pinned = isHardened(deployment);
    return (await Promise.all(images.map((image) => checkImage(image, session, registryCredentials, pinned)))).flat();
  },
};

const checkImage = async (
  image: Image,
  session: RegistrySession | undefined,
  credentials: Deployment['registryCredentials'],
  pinned: boolean,
): Promise<Finding[]> => {
  const { source, image: target } = image;
  const step = imageNodeName(target);
  try {
    if (await session?.find(target)) return [];
    if (!isAsked(source)) return [unchecked(source, 'that registry is not asked.', step)];
    const moved = movedSource(source);
    const [isThere, isThereNow] = await Promise.all([
      findSourceImage(source),
      moved === undefined ? undefined : findSourceImage(moved),
    ]);
    if (isThere) return [];
    if (pinned && credentialsFor(source, credentials) && digestOf(source) === undefined && !isThereNow) {
      const message = `Which digest ${source} has is not known: it is not there for everyone.`;
      return [finding('source-digest-unknown', message, step)];
    }
    if (credentialsFor(source, credentials)) return [unchecked(source, 'it is not there for everyone.', step)];
    if (!isThereNow) {
      return [finding('source-image-missing', `${source} does not exist, or not for everyone.`, step)];
    }
    return [
      finding(
        'source-image-moved',
        `${source} is gone; it will be imported from ${moved}, which is no longer maintained.`,
        step,
      ),
    ];
  } catch (error) {
    return [unchecked(source, error instanceof Error ? error.message : String(error), step)];
  }
};

const unchecked = (source: string, reason: string, step: string): Finding =>
  notChecked(`${source} is present`, reason, step);
