import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { UsageError } from '../../command-line/command-errors.ts';
import { countFlag, switchFlag } from '../../command-line/flags.ts';
import { parseFlags } from '../../command-line/parse-flags.ts';
import { portFlag, speedFlag } from '../../local/emulator-flags.ts';

const schema = z.object({
  port: portFlag.default(7071).meta({ argument: 'PORT', description: 'the port' }),
  speed: speedFlag.optional().meta({ argument: 'N', description: 'the speed' }),
  seeds: countFlag.default(100).meta({ argument: 'N', description: 'how many' }),
  json: switchFlag.meta({ description: 'as JSON' }),
});

describe('parseFlags', () => {
  it('gives defaults, values in both spellings, and switches', () => {
    expect(parseFlags(schema, [])).toEqual({ port: 7071, seeds: 100, json: false });
    expect(parseFlags(schema, ['--port', '80', '--speed=2.5', '--json'])).toEqual({
      port: 80,
      speed: 2.5,
      seeds: 100,
      json: true,
    });
  });

  it('takes --help and -h before anything else is checked', () => {
    expect(parseFlags(schema, ['--help', '--port', 'x'])).toBeUndefined();
    expect(parseFlags(schema, ['-h'])).toBeUndefined();
  });

  it.each([
    [['--port', 'abc'], /^--port must be a port.*not "abc"/],
    [['--port', '65536'], /^--port must be a port/],
    [['--port', '-1'], /^--port must be a port/],
    [['--port'], /^--port needs a value/],
    [['--port', '--json'], /^--port needs a value/],
    [['--port', '1', '--port', '2'], /^--port is given twice/],
    [['--speed', '0'], /^--speed must be a number above 0/],
    [['--speed', '1e3'], /^--speed must be/],
    [['--seeds', '1.5'], /^--seeds must be a whole number/],
    [['--json=yes'], /^--json takes no value/],
    [['--prot', '80'], /^Unknown flag --prot/],
    [['-p', '80'], /^Unknown flag -p/],
    [['80'], /^Unexpected argument "80"/],
  ])('%j is refused by name', (args, message) => {
    expect(() => parseFlags(schema, args)).toThrow(message);
    expect(() => parseFlags(schema, args)).toThrow(UsageError);
  });
});
