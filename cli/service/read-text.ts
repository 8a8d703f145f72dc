import { CommandError } from '../../command-line/command-errors.ts';

/** More than the longest list that the service gives. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The text of an answer. @throws CommandError when it is longer than any answer of the service: it is not read to its end. */
export const readText = async ({ body, url }: Response, most = MAX_BYTES): Promise<string> => {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > most) {
      throw new CommandError(
        `${new URL(url).origin} answered more than ${most / 1024 / 1024} MB. It is not this service: check --url.`,
      );
    }
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return parts.join('') + decoder.decode();
};
