import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineCommand } from '../../command-line/command.ts';
import { CommandError, UsageError } from '../../command-line/command-errors.ts';
import { switchFlag } from '../../command-line/flags.ts';
import type { CommandContext, Program } from '../../command-line/program.ts';
import { runProgram } from '../../command-line/run-program.ts';

const greet = defineCommand({
  name: 'greet',
  summary: 'Greets somebody.',
  example: 'tool greet ada --loud',
  flags: z.object({
    who: z.string().meta({ argument: 'NAME', description: 'whom', positional: true }),
    loud: switchFlag.meta({ description: 'in capitals', short: 'l' }),
    'from-afar': switchFlag.meta({ description: 'cannot be greeted from there' }),
  }),
  run: async ({ who, loud, 'from-afar': afar }, { terminal, takeInterrupt }: CommandContext) => {
    takeInterrupt();
    if (afar) throw new CommandError('Nobody hears it. Come nearer.', { exitCode: 7 });
    if (who === 'nobody') throw new UsageError('NAME must be somebody.');
    if (who === 'bug') throw new TypeError('a bug');
    terminal.out(loud ? who.toUpperCase() : who);
    return 3;
  },
});

const start = defineCommand({
  name: 'start',
  script: 'tool start-it',
  summary: 'Starts.',
  flags: z.object({}),
  run: async () => 0,
});

const program: Program<CommandContext> = { call: 'tool -- <command>', commands: [greet, start], usageExitCode: 64 };

const run = async (...args: string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  let taken = 0;
  const context: CommandContext = {
    terminal: { out: (line) => void out.push(line), err: (line) => void err.push(line) },
    takeInterrupt: () => {
      taken++;
      return { signal: new AbortController().signal, requested: new Promise(() => {}), release: () => void taken-- };
    },
  };
  const code = await runProgram(program, args, context).catch((error: unknown) => error);
  return { code, out: out.join('\n'), err: err.join('\n'), taken };
};

const USAGE = `Usage: tool -- greet NAME [flags]

Greets somebody.

  NAME         whom
  -l, --loud   in capitals
  --from-afar  cannot be greeted from there
  --help       show this text

Example:
  tool greet ada --loud`;

describe('runProgram', () => {
  it('ends with what the command gives', async () => {
    expect(await run('greet', 'ada', '-l')).toEqual({ code: 3, out: 'ADA', err: '', taken: 0 });
  });

  it('lists the commands', async () => {
    for (const flag of ['--help', '-h']) {
      expect(await run(flag)).toMatchObject({
        code: 0,
        out: `Usage: tool -- <command> [flags]

  greet  Greets somebody.
  start  Starts.

tool -- <command> --help shows a command's flags.`,
      });
    }
  });

  it("shows a command's usage", async () => {
    expect(await run('greet', '--help')).toMatchObject({ code: 0, out: USAGE });
    expect(await run('start', '-h')).toMatchObject({ code: 0, out: expect.stringMatching(/^Usage: tool start-it\n/) });
  });

  it.each([
    { args: [], message: 'No command given.' },
    { args: ['gret'], message: 'Unknown command "gret". Did you mean greet?' },
    { args: ['greet'], message: `NAME must be given.\n\n${USAGE}` },
    { args: ['greet', 'ada', '--lout'], message: `Unknown flag --lout. Did you mean --loud?\n\n${USAGE}` },
    { args: ['greet', 'nobody'], message: `NAME must be somebody.\n\n${USAGE}` },
  ])("$args: says what is wrong, with the program's exit code", async ({ args, message }) => {
    const { code, out, err, taken } = await run(...args);
    expect(err).toContain(message);
    expect(err).toContain('Usage: tool -- ');
    expect({ code, out, taken }).toEqual({ code: 64, out: '', taken: 0 });
  });

  it('shows an error that a person can act on without usage, gives the signals back, and leaves a bug its stack', async () => {
    expect(await run('greet', 'ada', '--from-afar')).toEqual({
      code: 7,
      out: '',
      err: 'Nobody hears it. Come nearer.',
      taken: 0,
    });
    expect(await run('greet', 'bug')).toEqual({ code: new TypeError('a bug'), out: '', err: '', taken: 0 });
  });
});
