import { readFileSync } from 'node:fs';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';

/** What is wrong, by the names of the parser's codes. */
const PROBLEMS: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a property name in double quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing brace } is expected',
  CloseBracketExpected: 'a closing bracket ] is expected',
  EndOfFileExpected: 'nothing may follow the end of the value',
  UnexpectedEndOfComment: 'the comment is not closed',
  UnexpectedEndOfString: 'the text is not closed',
};

/**
 * JSON as Newtonsoft.Json reads it, which the Functions host and Core Tools use: comments and trailing commas are allowed. Its other liberties
 * (single quotes, names without quotes) are refused here.
 *
 * @throws SyntaxError that names line and column, both from 1.
 */
export const parseJsonWithComments = (source: string): unknown => {
  const text = source.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (!first) return value;
  const before = text.slice(0, first.offset).split(/\r\n|\r|\n/);
  const found = text.slice(first.offset, first.offset + first.length).split(/\s/, 1)[0] ?? '';
  const problem = PROBLEMS[printParseErrorCode(first.error)] ?? 'this is no JSON';
  throw new SyntaxError(
    `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${problem}${found ? `; there is ${shortened(found)}` : ''}.`,
  );
};

const shortened = (text: string): string => JSON.stringify(text.length > 20 ? `${text.slice(0, 20)}…` : text);

/**
 * @returns undefined when there is no such file.
 * @throws naming the file, and line and column when it is not JSON.
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
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${file} is not valid JSON: ${error.message}`, { cause: error });
  }
};
