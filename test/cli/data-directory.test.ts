import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStoredClock } from '../../local/clock/stored-clock.ts';
import { holdDirectory } from '../../local/world/data-directory.ts';
import { shareClock } from '../../local/world/shared-clock.ts';
import { runCli } from './run-cli.ts';

let data: string;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'data-directory-'));
});

afterEach(() => rmSync(data, { recursive: true, force: true }));

describe('a data folder', () => {
  it.each(['host', 'simulator'])('belongs to one process: a second %s says so and changes nothing', async (command) => {
    const { origin } = openStoredClock(data, 7);
    const giveBack = holdDirectory(data);
    const { code, stderr } = await runCli([command, '--port', '0', '--data', data, '--speed', '9']);
    giveBack();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `Another process works with the data in ${data}. Stop it, or choose another folder with --data.\n`,
    });
    expect(readdirSync(data).toSorted()).toEqual(['clock.json', 'in-use.lock']);
    expect(openStoredClock(data).origin).toEqual(origin);
  });

  it('is for its owner alone when it is made here, with all that is in it, and else as its owner made it', () => {
    const rights = (directory: string): number => statSync(directory).mode & 0o777;
    const [mine, theirs] = [join(data, 'new'), join(data, 'theirs')];
    holdDirectory(mine)();
    expect(rights(mine)).toBe(0o700);
    expect(rights(join(mine, 'in-use.lock'))).toBe(0o600);
    openStoredClock(mine, 2);
    expect(rights(join(mine, 'clock.json'))).toBe(0o600);
    mkdirSync(theirs, { mode: 0o750 });
    holdDirectory(theirs)();
    expect(rights(theirs)).toBe(0o750);
  });

  it('can be taken on a full disk: the lock takes no room', () => {
    const giveBack = holdDirectory(data);
    expect(readdirSync(data)).toEqual(['in-use.lock']);
    expect(statSync(join(data, 'in-use.lock')).size).toBe(0);
    giveBack();
  });

  it('is free again when it was given back', () => {
    holdDirectory(data)();
    holdDirectory(data)();
  });
});

describe('shareClock', () => {
  it('writes nothing when all agree already, so that it needs no room', () => {
    shareClock([data], 2);
    const { ino } = statSync(join(data, 'clock.json'));
    shareClock([data], 2);
    expect(statSync(join(data, 'clock.json')).ino).toBe(ino);
  });

  it('lets the clock that is furthest go on for all', () => {
    const [ahead, behind] = [join(data, 'ahead'), join(data, 'behind')];
    shareClock([ahead], 1000);
    writeFileSync(join(ahead, 'clock.json'), JSON.stringify({ real: 0, modelled: 5e12, speed: 2 }));
    shareClock([behind, ahead], 2);
    expect([behind, ahead].map((directory) => openStoredClock(directory).origin)).toEqual([
      { real: 0, modelled: 5e12, speed: 2 },
      { real: 0, modelled: 5e12, speed: 2 },
    ]);
  });

  it('touches no clock of a running process', () => {
    const [busy, idle] = [join(data, 'busy'), join(data, 'idle')];
    shareClock([busy, idle], 2);
    const giveBack = holdDirectory(busy);
    expect(() => shareClock([idle, busy], 3)).toThrow(`Another process works with the data in ${busy}.`);
    giveBack();
    expect(openStoredClock(idle).origin.speed).toBe(2);
    holdDirectory(idle)();
  });
});

describe('a stored clock', () => {
  it.each(['', '{}', '{"real":0,"modelled":"now","speed":1}', '{"real":0,"modelled":0,"speed":0}'])(
    'that is damaged (%j) is an error, not another time',
    (text) => {
      const file = join(data, 'clock.json');
      writeFileSync(file, text);
      expect(() => openStoredClock(data)).toThrow(`${file} does not hold a clock's origin.`);
    },
  );
});
