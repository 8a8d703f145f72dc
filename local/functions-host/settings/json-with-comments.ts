import { readFileSync } from 'node:fs';

/** Strings first, so that what looks like a comment inside one is kept; then comments; then commas before a closing bracket. */
const TOKENS =
  /"(?:[^"\\]|\\.)*"|\/\/[^\r\n]*|\/\*(?:(?!\*\/)[\s\S])*\*\/|,(?=(?:\s|\/\/[^\r\n]*|\/\*(?:(?!\*\/)[\s\S])*\*\/)*[}\]])/g;

/** JSON as Newtonsoft.Json reads it, which the Functions host and Core Tools use: comments and trailing commas are allowed. */
export const parseJsonWithComments = (text: string): unknown =>
  JSON.parse(text.replace(/^\uFEFF/, '').replace(TOKENS, (token) => (token.startsWith('"') ? token : ' ')));

/**
 * @returns undefined when there is no such file.
 * @throws naming the file when it is not JSON.
 */
export const readJsonFile = (file: string): unknown => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return parseJsonWithComments(text);
  } catch (error) {
    throw new Error(`${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};
