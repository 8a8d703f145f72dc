import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { metaOf } from './parse-flags.ts';

/** What the usage of one command shows. */
export type DescribedCommand = Pick<Command, 'script' | 'summary' | 'flags'> & {
  /** One line that works as it stands. */
  readonly example?: string;
};

/** The usage of one command. */
export const commandUsage = ({ script, summary, flags, example }: DescribedCommand): string => {
  const all = Object.keys(flags.shape).map((name) => ({ name, ...metaOf(flags, name) }));
  const word = all.find(({ positional }) => positional);
  const rows = all
    .filter(({ positional }) => !positional)
    .map((flag): [string, string] => [spelled(flag), flag.description]);
  const separator = script.includes(' -- ') ? '' : ' --';
  const parts = [...(word ? [` ${word.argument}`] : []), ...(rows.length > 0 ? [' [flags]'] : [])];
  return [
    `Usage: ${script}${parts.length > 0 ? separator : ''}${parts.join('')}`,
    '',
    summary,
    '',
    ...columns([
      ...(word ? [[word.argument ?? '', word.description] as const] : []),
      ...rows,
      ['--help', 'show this text'],
    ]),
    ...(example === undefined ? [] : ['', 'Example:', `  ${example}`]),
  ].join('\n');
};

const spelled = ({
  name,
  argument,
  short,
}: {
  name: string;
  argument?: string | undefined;
  short?: string | undefined;
}): string => `${short === undefined ? '' : `-${short}, `}--${name}${argument === undefined ? '' : ` ${argument}`}`;

/** What can be run at all. */
export const overallUsage = (commands: readonly Pick<Command, 'name' | 'summary'>[], script = 'npm run'): string =>
  [
    `Usage: ${script} <command>${script.includes(' -- ') ? '' : ' --'} [flags]`,
    '',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    `${script} <command>${script.includes(' -- ') ? '' : ' --'} --help shows a command's flags.`,
  ].join('\n');
