import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { createFunctionsHost, type FunctionsHost } from '../../../local/functions-host/functions-host.ts';
import {
  openTimerStatuses,
  rememberTimerStatuses,
  type TimerStatuses,
} from '../../../local/functions-host/timers/timer-statuses.ts';
import { loadApp } from '../../../local/functions-host/worker/load-app.ts';
import { passTime } from '../../support/pass-time.ts';
import { until } from '../../support/until.ts';

const directory = fileURLToPath(new URL('./fixtures/timer-app', import.meta.url));
const MIDNIGHT = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const settings = {
  'AzureWebJobs.switchedOff.Disabled': '1',
  'AzureWebJobs.everyTenSeconds.Disabled': '1',
  'AzureWebJobs.slow.Disabled': '1',
  TIMER_SCHEDULE: '0 15 * * * *',
};
beforeAll(() => void Object.assign(process.env, settings));
afterAll(() => {
  for (const name of Object.keys(settings)) delete process.env[name];
});

let lines: { readonly at: string; readonly level: string; readonly name: string; readonly message: string }[] = [];
beforeEach(() => {
  lines = [];
});

const open = async (start = MIDNIGHT, timerStatuses: TimerStatuses = rememberTimerStatuses()) => {
  const clock = new VirtualClock(start);
  const log = (level: string, category: string, message: string): void => {
    lines.push({ at: new Date(clock.now()).toISOString(), level, name: category.split('.')[1] ?? '', message });
  };
  const app = await loadApp(directory, { log });
  const host = await createFunctionsHost({ app, clock, log, timerStatuses });
  onTestFinished(() => host.close());
  return { clock, host };
};

/** For the rest of the test, for hosts that are opened from now on. */
const enable = (name: string): void => {
  process.env[`AzureWebJobs.${name}.Disabled`] = '0';
  onTestFinished(() => {
    process.env[`AzureWebJobs.${name}.Disabled`] = '1';
  });
};

/** What the function wrote, with the instant of it. */
const said = (name: string): unknown[] =>
  lines
    .filter((line) => line.name === name && line.level === 'information')
    .map(({ at, message }) => [at.slice(0, 19), message.startsWith('{') ? JSON.parse(message) : message]);

const runByHand = (host: FunctionsHost, name: string, body: string, type = 'application/json'): Promise<Response> =>
  fetch(`${host.url}/admin/functions/${name}`, { method: 'POST', body, headers: { 'Content-Type': type } });

test('a timer fires when the host clock says so, and gets its schedule', async () => {
  const { clock } = await open();
  await passTime(clock, 52 * HOUR);
  const schedule = { adjustForDST: true };
  expect(said('nightly')).toEqual([
    [
      '2026-01-01T03:00:00',
      {
        schedule,
        isPastDue: false,
        scheduleStatus: {
          last: '0001-01-01T00:00:00+00:00',
          next: '2026-01-01T03:00:00+00:00',
          lastUpdated: '0001-01-01T00:00:00+00:00',
        },
      },
    ],
    [
      '2026-01-02T03:00:00',
      {
        schedule,
        isPastDue: false,
        scheduleStatus: {
          last: '2026-01-01T03:00:00+00:00',
          next: '2026-01-02T03:00:00+00:00',
          lastUpdated: '2026-01-01T03:00:00+00:00',
        },
      },
    ],
    ['2026-01-03T03:00:00', expect.anything()],
  ]);
  expect(said('fromSetting').slice(0, 2)).toEqual([
    ['2026-01-01T00:15:00', { schedule, scheduleStatus: null, isPastDue: false }],
    ['2026-01-01T01:15:00', { schedule, scheduleStatus: null, isPastDue: false }],
  ]);
});

test('the virtual clock stands still when only timers are left', async () => {
  const { clock } = await open();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(clock.now()).toBe(MIDNIGHT);
});

test('a timer that comes more often than every minute has no status', async () => {
  enable('everyTenSeconds');
  const { clock } = await open();
  await passTime(clock, 25_000);
  expect(said('everyTenSeconds')).toEqual([
    ['2026-01-01T00:00:10', { schedule: { adjustForDST: true }, scheduleStatus: null, isPastDue: false }],
    ['2026-01-01T00:00:20', { schedule: { adjustForDST: true }, scheduleStatus: null, isPastDue: false }],
  ]);
});

test('runOnStartup fires at once, and the TimeSpan counts from there', async () => {
  const { clock } = await open();
  await passTime(clock, 2 * HOUR + MINUTE);
  expect(said('atStart').map((line) => Array.isArray(line) && line[0])).toEqual([
    '2026-01-01T00:00:00',
    '2026-01-01T01:00:00',
    '2026-01-01T02:00:00',
  ]);
  expect(lines).toContainEqual(
    expect.objectContaining({ message: "Function 'atStart' is configured to run on startup. Executing now." }),
  );
});

test('what came due while no host ran is run at the next start, once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'timers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { clock, host } = await open(MIDNIGHT, openTimerStatuses(folder));
  await passTime(clock, 4 * HOUR);
  await host.abandon();
  lines = [];
  const second = await open(MIDNIGHT + 60 * HOUR, openTimerStatuses(folder));
  await passTime(second.clock, 16 * HOUR);
  expect(said('nightly')).toEqual([
    [
      '2026-01-03T12:00:00',
      expect.objectContaining({
        isPastDue: true,
        scheduleStatus: expect.objectContaining({
          last: '2026-01-01T03:00:00+00:00',
          next: '2026-01-02T03:00:00+00:00',
        }),
      }),
    ],
    ['2026-01-04T03:00:00', expect.objectContaining({ isPastDue: false })],
  ]);
  expect(lines).toContainEqual(
    expect.objectContaining({ message: "Function 'nightly' is past due on startup. Executing now." }),
  );
});

test('a run that the process did not survive is past due at the next start; one that a close waited for is not', async () => {
  enable('slow');
  const statuses = rememberTimerStatuses();
  const first = await open(MIDNIGHT, statuses);
  const passing = passTime(first.clock, 5 * HOUR);
  await until('the slow run begins', async () => said('slow')[0]);
  await first.host.abandon();
  const other = await open();
  await fetch(`${other.host.url}/api/letSlowEnd`);
  await until('its end, which nobody hears of', async () =>
    lines.find(({ message }) => message.startsWith("Executed 'Functions.slow' (Succeeded")),
  );
  await passing;
  const second = await open(MIDNIGHT + 5 * HOUR, statuses);
  await until('the slow run begins anew', async () => said('slow')[1]);
  expect(lines).toContainEqual(
    expect.objectContaining({ message: "Function 'slow' is past due on startup. Executing now." }),
  );
  await fetch(`${second.host.url}/api/letSlowEnd`);
  await second.host.close();
  lines = [];
  await open(MIDNIGHT + 6 * HOUR, statuses);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(said('slow')).toEqual([]);
});

test('a function that fails is reported, and fires again', async () => {
  const { clock } = await open();
  await passTime(clock, 13 * HOUR);
  const failures = lines.filter(({ name, level }) => name === 'failing' && level === 'error');
  expect(failures.map(({ at }) => at.slice(11, 16))).toEqual(['06:00', '12:00']);
  expect(failures[0]?.message).toMatch(/^Exception while executing function: Functions\.failing\. Error: no luck\n/);
});

test('a wrong schedule is an error of that function alone; a disabled one does not fire', async () => {
  const { clock, host } = await open();
  await passTime(clock, 2 * MINUTE);
  expect(lines).toContainEqual(
    expect.objectContaining({
      level: 'error',
      message: expect.stringMatching(
        /^The 'wrong' function is in error: The schedule expression '0 60 \* \* \* \*' was not recognized/,
      ),
    }),
  );
  expect(said('switchedOff')).toEqual([]);
  expect(host.functionsList).toContain('Function switchedOff is disabled.');
  expect(host.functionsList).toContain('\tnightly: timerTrigger');
  expect(host.functionsList).not.toContain('wrong');
});

test('POST /admin/functions/{name} runs a timer now, a disabled one too', async () => {
  const { host } = await open();
  expect((await runByHand(host, 'NIGHTLY', '{}')).status).toBe(202);
  expect((await runByHand(host, 'switchedOff', '{"input":""}')).status).toBe(202);
  const [, timer] = await until('the run', async () => said('nightly').find(isRun));
  expect(timer).toMatchObject({ isPastDue: false, scheduleStatus: { next: '2026-01-01T03:00:00+00:00' } });
  await until('the other run', async () => said('switchedOff').find(isRun));
});

const isRun = (line: unknown): line is [string, object] => Array.isArray(line) && typeof line[1] === 'object';

test.each([
  ['nightly', 'no json', 'application/json', 400],
  ['nightly', '', 'application/json', 400],
  ['nightly', '{"input":1}', 'application/json', 400],
  ['nightly', '{}', 'text/plain', 415],
  ['nobody', '{}', 'application/json', 404],
])('POST /admin/functions/%s with %j as %s: %d', async (name, body, type, status) => {
  const { host } = await open();
  expect((await runByHand(host, name, body, type)).status).toBe(status);
});

test('schedules are in UTC; a setting that asks for another time zone is answered with a warning', async () => {
  process.env.WEBSITE_TIME_ZONE = 'Europe/Berlin';
  onTestFinished(() => void delete process.env.WEBSITE_TIME_ZONE);
  await open();
  expect(lines).toContainEqual(
    expect.objectContaining({
      level: 'warning',
      message: "WEBSITE_TIME_ZONE is 'Europe/Berlin', but this host takes all schedules as UTC.",
    }),
  );
});
