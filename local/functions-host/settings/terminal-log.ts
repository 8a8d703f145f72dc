import { styleText } from 'node:util';
import { displayed } from '../../../command-line/displayed.ts';
import type { Log, LogLevel } from '../worker/log.ts';

const LEVELS: readonly LogLevel[] = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'];
const rank = (level: LogLevel): number => LEVELS.indexOf(level);

/** How lines look and which are shown. */
export interface TerminalLogOptions {
  /** Modelled time, ms since the epoch. */
  readonly now: () => number;
  /** Receives whole lines without their line end. */
  readonly write: (line: string) => void;
  /** Shows everything from debug upwards, such as `Executing 'Functions.X'`, whatever `levels` says. */
  readonly verbose?: boolean;
  readonly colour?: boolean;
  /** host.json's `logging.logLevel`: the longest category prefix counts. */
  readonly levels?: Readonly<Record<string, string>>;
}

/** Writes lines as Core Tools does: `[2026-01-31T08:15:00.000Z] message` (azure-functions-core-tools `ColoredConsoleLogger.cs`). */
export const createTerminalLog = ({ now, write, verbose, colour, levels = {} }: TerminalLogOptions): Log => {
  const minimum = verbose ? (): LogLevel => 'debug' : minimumLevels(levels, 'information');
  return (level, category, message) => {
    if (level === 'none' || rank(level) < rank(minimum(category))) return;
    const prefix = `[${new Date(now()).toISOString()}] `;
    const text = displayed(message).replaceAll(/\n(?!\s)/g, `\n${' '.repeat(prefix.length)}`);
    write(prefix + (colour ? paint(level, text) : text));
  };
};

/** The level of the longest configured prefix of a category (Microsoft.Extensions.Logging `LoggerRuleSelector.cs`). */
const minimumLevels = (levels: Readonly<Record<string, string>>, fallback: LogLevel) => {
  const rules = Object.entries(levels)
    .map(([category, name]) => ({
      category: category.toLowerCase(),
      level: LEVELS.find((level) => level === name.toLowerCase()),
    }))
    .sort((left, right) => right.category.length - left.category.length);
  return (category: string): LogLevel => {
    const name = category.toLowerCase();
    const rule =
      rules.find((candidate) => candidate.category !== 'default' && name.startsWith(candidate.category)) ??
      rules.find((candidate) => candidate.category === 'default');
    return rule?.level ?? fallback;
  };
};

const paint = (level: LogLevel, text: string): string => {
  if (level === 'error' || level === 'critical') return styleText('red', text, { validateStream: false });
  if (level === 'warning') return styleText('yellow', text, { validateStream: false });
  return text;
};
