import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { replaceFile } from '../../storage/replace-file.ts';
import type { ScheduleStatus } from './schedule-status.ts';

/** Where the statuses of monitored timers are kept, by function name. */
export interface TimerStatuses {
  read(name: string): ScheduleStatus | undefined;
  write(name: string, status: ScheduleStatus): void;
}

const instant = z.union([z.iso.datetime().transform((text) => Date.parse(text)), z.null().transform(() => undefined)]);
const storedStatus = z.object({
  last: instant,
  next: z.iso.datetime().transform((text) => Date.parse(text)),
  lastUpdated: instant,
});

/**
 * One file per timer under `<directory>/timers`, in place of the platform's blob `timers/<host>/<function>/status` (azure-webjobs-sdk-extensions
 * `StorageScheduleMonitor.cs`).
 */
export const openTimerStatuses = (directory: string): TimerStatuses => {
  const folder = join(directory, 'timers');
  const fileOf = (name: string): string => join(folder, `${name.toLowerCase()}.json`);
  return {
    read: (name) => {
      const file = fileOf(name);
      let text: string;
      try {
        text = readFileSync(file, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
      try {
        return storedStatus.parse(JSON.parse(text));
      } catch (error) {
        throw new Error(`${file} does not hold a timer's status. Delete it to begin anew.`, { cause: error });
      }
    },
    write: (name, { last, next, lastUpdated }) => {
      // Not the data folder too: when that was deleted, nothing may look as if it were kept.
      if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
      const status = { last: isoOf(last), next: isoOf(next), lastUpdated: isoOf(lastUpdated) };
      replaceFile(fileOf(name), JSON.stringify(status));
    },
  };
};

const isoOf = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** Statuses that end with the process. */
export const rememberTimerStatuses = (): TimerStatuses => {
  const statuses = new Map<string, ScheduleStatus>();
  return {
    read: (name) => statuses.get(name.toLowerCase()),
    write: (name, status) => void statuses.set(name.toLowerCase(), status),
  };
};
