import type { AzCommand } from './az-command.ts';

/** The one command of the tutorial that fails in reality: Bitnami took its versioned images from Docker Hub in 2025 (bitnami/containers#83267). */
export const EXPECTED_FAILURE = 'acr import docker.io/bitnami/postgresql:16.1.0-debian-11-r15';

/**
 * What is wrong with how the tutorial's commands ended; nothing, when all succeeded but for {@link EXPECTED_FAILURE}, and that one failed because
 * the image is not there.
 */
export const judgeExitCodes = (commands: readonly AzCommand[]): readonly string[] => {
  const problems = commands
    .filter(({ label, code }) => code !== 0 && label !== EXPECTED_FAILURE)
    .map(({ label, code, errors }) => `az ${label} ended with ${code}:\n${errors.trim()}`);
  const expected = commands.find(({ label }) => label === EXPECTED_FAILURE);
  if (!expected) return [...problems, `az ${EXPECTED_FAILURE} was never run.`];
  if (expected.code === 0) return [...problems, `az ${EXPECTED_FAILURE} succeeded, though its source is gone.`];
  if (!IMAGE_IS_GONE.test(expected.errors))
    return [...problems, `az ${EXPECTED_FAILURE} failed for another reason:\n${expected.errors.trim()}`];
  return problems;
};

/** Container Registry's code and the reason that Docker Hub gives it, as `az` prints them. */
const IMAGE_IS_GONE = /\(InvalidParameters\).*docker\.io\/bitnami\/postgresql\S*: (denied|manifest unknown)/s;
