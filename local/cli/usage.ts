import type { Command } from './command.ts';
import { metaOf } from './parse-flags.ts';

/** The usage of one command. */
export const commandUsage = ({ script, summary, flags }: Command): string => {
  const rows = Object.keys(flags.shape).map((name): [string, string] => {
    const { argument, description } = metaOf(flags, name);
    return [argument === undefined ? `--${name}` : `--${name} ${argument}`, description];
  });
  const withFlags = rows.length > 0 ? `${script} -- [flags]` : script;
  return [`Usage: ${withFlags}`, '', summary, '', ...columns([...rows, ['--help', 'show this text']])].join('\n');
};

/** What can be run at all. */
export const overallUsage = (commands: readonly Command[]): string =>
  [
    'Usage: npm run <command> -- [flags]',
    '',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    "npm run <command> -- --help shows a command's flags.",
  ].join('\n');

const columns = (rows: readonly (readonly [string, string])[]): string[] => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};
