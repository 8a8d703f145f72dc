import type { Json } from '../base/json.ts';
import { HttpError } from '../http/http-error.ts';
import type { Incoming } from '../http/incoming.ts';
import { invalidContent, unsupportedMediaType } from './arm-errors.ts';

/** The JSON body; undefined for an empty one. @throws HttpError 400 InvalidRequestContent, 413 RequestEntityTooLarge, 415 UnsupportedMediaType. */
export const jsonBody = (incoming: Incoming): Json | undefined => {
  if (incoming.isOversize) {
    throw new HttpError(413, 'RequestEntityTooLarge', 'The request content size exceeds the maximum size of 4 MB.', {
      shape: 'standard',
    });
  }
  if (incoming.text.trim() === '') return undefined;
  const contentType = incoming.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(contentType)) throw unsupportedMediaType(contentType);
  try {
    return JSON.parse(incoming.text);
  } catch (error) {
    throw invalidContent(error instanceof Error ? error.message : String(error));
  }
};
