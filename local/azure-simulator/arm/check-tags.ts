import { isJsonObject, type Json } from '../base/json.ts';
import { HttpError } from '../http/http-error.ts';

const MOST = 50;
const LONGEST_NAME = 512;
const LONGEST_VALUE = 256;

/**
 * Tags that no resource may have (learn.microsoft.com, azure-resource-manager/management/tag-resources, Limitations). Codes and texts: from
 * memory, unverified.
 *
 * @throws HttpError 400
 */
export const checkTags = (tags: Json | undefined): void => {
  if (!isJsonObject(tags)) return;
  const names = Object.keys(tags);
  const refuse = (code: string, message: string): never => {
    throw new HttpError(400, code, message, { shape: 'standard' });
  };
  if (names.length > MOST) refuse('TagsLimitExceeded', `The number of tags is ${names.length}; the most is ${MOST}.`);
  const reserved = names.filter((name) => /[<>%&\\?/]/.test(name) || name.trim() === '');
  if (reserved.length > 0) {
    refuse(
      'InvalidTagNameCharacters',
      `The tag names '${reserved.join(',')}' have reserved characters '<,>,%,&,\\,?,/' or are empty.`,
    );
  }
  const long = names.find((name) => name.length > LONGEST_NAME || String(tags[name] ?? '').length > LONGEST_VALUE);
  if (long === undefined) return;
  refuse(
    'TagLengthExceeded',
    `The tag '${long.slice(0, 20)}' is too long: names have ${LONGEST_NAME} characters at most, values ${LONGEST_VALUE}.`,
  );
};
