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
  const parts = [...(word ? [` ${word.argument}`] : []), ...(rows.length > 0 ? [' [flags]'] : [])];
  return [
    `Usage: ${parts.length > 0 ? openTo(script) : script}${parts.join('')}`,
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

/** npm passes on what stands after a `--`. */
const openTo = (script: string): string => (/ --( |$)/.test(script) ? script : `${script} --`);

/** What can be run at all. @param call - how a command is called, `<command>` standing for its name. */
export const overallUsage = (
  commands: readonly Pick<Command, 'name' | 'summary'>[],
  call = 'npm run <command>',
): string =>
  [
    `Usage: ${openTo(call)} [flags]`,
    '',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    `${openTo(call)} --help shows a command's flags.`,
  ].join('\n');
