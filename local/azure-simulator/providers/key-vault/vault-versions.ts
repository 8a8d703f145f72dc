import { HttpError } from '../../http/http-error.ts';

/** The versions of a vault's own endpoint, oldest first. */
export const VAULT_VERSIONS = [
  '2016-10-01',
  '7.0',
  '7.1',
  '7.2',
  '7.3',
  '7.4',
  '7.5',
  '7.6',
  '2025-06-01-preview',
  '2025-07-01',
];

/** Texts: from memory, unverified. */
export const checkVersion = (version: string | null): void => {
  if (!version) throw new HttpError(400, 'BadParameter', 'The required query parameter api-version is missing.');
  if (VAULT_VERSIONS.includes(version)) return;
  throw new HttpError(
    400,
    'BadParameter',
    `The specified version (${version}) is not recognized. Consider using the latest supported version (${VAULT_VERSIONS.at(-1)}).`,
  );
};
