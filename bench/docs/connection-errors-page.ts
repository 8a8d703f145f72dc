import { connectionErrors, UNKNOWN_CONNECTION_ERROR } from '../../src/azure/failures/connection-errors.ts';

const HEAD = `# Errors of connections

What a failed deployment shows when no answer came that could be read: every error that Node's network stack and the HTTP clients of the service report, and whether the request may have taken effect.

This page is written by \`npm run docs\` from [connection-errors.ts](../../src/azure/failures/connection-errors.ts), which names its sources.

All of them are \`transient\`: the service tries again 8 times in about six minutes, and then fails the step with the code, the message and what to do.
So does an error that is not in the table.
A configuration that is wrong, such as a certificate that nothing trusts, ends in the same way: the next POST continues from what exists.

If a request may have taken effect, the next try reads the resource before it writes.
Clusters are created with \`If-None-Match: *\`, so that a repeated create changes nothing that exists.`;

const TABLE_HEAD = ['| what it means | may have taken effect | codes |', '| --- | --- | --- |'];

/** The page of all errors of connections; made from their table. */
export const connectionErrorsPage = (): string =>
  [
    HEAD,
    [
      ...TABLE_HEAD,
      ...connectionErrors.map(
        ({ words, mayHaveTakenEffect, codes, family }) =>
          `| ${words} | ${yesOrNo(mayHaveTakenEffect)} | ${codes.map(inCode).join(' ')}${family ? ` and others like them (${inCode(escaped(family))})` : ''} |`,
      ),
      `| ${UNKNOWN_CONNECTION_ERROR.words} | ${yesOrNo(UNKNOWN_CONNECTION_ERROR.mayHaveTakenEffect)} | any other |`,
    ].join('\n'),
    '## What to do',
    [...connectionErrors, UNKNOWN_CONNECTION_ERROR].map(({ words, remedy }) => `- ${words}: ${remedy}`).join('\n'),
    '## Example',
    EXAMPLE,
    '',
  ].join('\n\n');

const yesOrNo = (value: boolean): string => (value ? 'yes' : 'no');

const inCode = (text: string): string => `\`${text}\``;

/** A bar would end the cell. */
const escaped = ({ source }: RegExp): string => source.replaceAll('|', '\\|');

const EXAMPLE = [
  '```json',
  JSON.stringify(
    {
      code: 'ECONNRESET',
      message:
        'socket hang up (the connection was closed: the request may have taken effect, which the next try finds out)',
      class: 'transient',
      remedy: connectionErrors.find(({ codes }) => codes.includes('ECONNRESET'))?.remedy,
      step: 'preflight',
    },
    undefined,
    2,
  ),
  '```',
].join('\n');
