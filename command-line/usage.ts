import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { type DescribedFlag, describeFlags } from './flags.ts';

/** What usage shows of a program. */
export interface DescribedProgram {
  /** How a command is called, `<command>` standing for its name. */
  readonly call: string;
  readonly commands: readonly DescribedCommand[];
}

type DescribedCommand = Omit<Command<never>, 'parse'>;

/** The usage of one command. */
export const commandUsage = (
  { call }: Pick<DescribedProgram, 'call'>,
  { name, script = call.replace('<command>', name), summary, flags, example }: DescribedCommand,
): string => {
  const all = describeFlags(flags);
  const word = all.find(({ positional }) => positional);
  const rows = all.filter((flag) => flag !== word).map((flag) => [spelled(flag), flag.description]);
  const parts = [...(word ? [` ${word.argument}`] : []), ...(rows.length > 0 ? [' [flags]'] : [])];
  return [
    `Usage: ${parts.length > 0 ? openTo(script) : script}${parts.join('')}`,
    '',
    summary,
    '',
    ...columns([...(word ? [[word.argument ?? '', word.description]] : []), ...rows, ['--help', 'show this text']]),
    ...(example === undefined ? [] : ['', 'Example:', `  ${example}`]),
  ].join('\n');
};

/** What can be run at all. */
export const overallUsage = ({ call, commands }: DescribedProgram): string =>
  [
    `Usage: ${openTo(call)} [flags]`,
    '',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    `${openTo(call)} --help shows a command's flags.`,
  ].join('\n');

const spelled = ({ name, argument, short }: DescribedFlag): string =>
  `${short === undefined ? '' : `-${short}, `}--${name}${argument === undefined ? '' : ` ${argument}`}`;

/** npm passes on what stands after a `--`. */
const openTo = (script: string): string => (/ --( |$)/.test(script) ? script : `${script} --`);
