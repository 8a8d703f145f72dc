import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 100;
/** A lock that is still empty after so long belongs to a process that died while it took it. */
const EMPTY_IS_STALE_AFTER_MS = 5_000;

/** How to wait for a lock. */
export interface LockOptions {
  /** Called once when another process has the lock. */
  readonly onWait: (holder: number) => void;
}

/**
 * Runs `action` while no other process on this machine runs one under the same lock file, which holds the owner's process id. The lock of a
 * process that died is taken over.
 *
 * @param file - its folder exists.
 */
export const withLockFile = async <T>(file: string, options: LockOptions, action: () => Promise<T>): Promise<T> => {
  const owner = `${process.pid} ${randomUUID()}`;
  let told = false;
  for (;;) {
    if (tryTake(file, owner)) break;
    const holder = readHolder(file);
    if (holder && !(holder.pid === undefined ? holder.ageMs < EMPTY_IS_STALE_AFTER_MS : isAlive(holder.pid))) {
      clearStale(file, holder.text);
      continue;
    }
    if (holder?.pid !== undefined && !told) {
      told = true;
      options.onWait(holder.pid);
    }
    await sleep(LOOK_AGAIN_MS);
  }
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
};

const tryTake = (file: string, owner: string): boolean => {
  try {
    writeFileSync(file, owner, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isErrorWithCode(error, 'EEXIST')) return false;
    throw error;
  }
};

interface Holder {
  /** Undefined while the lock is being written. */
  readonly pid: number | undefined;
  readonly text: string;
  readonly ageMs: number;
}

/** Undefined when the lock was released meanwhile. */
const readHolder = (file: string): Holder | undefined => {
  try {
    const text = readFileSync(file, 'utf8');
    const pid = Number.parseInt(text, 10);
    const ageMs = Date.now() - statSync(file).mtimeMs;
    return { pid: Number.isNaN(pid) ? undefined : pid, text, ageMs };
  } catch (error) {
    if (isErrorWithCode(error, 'ENOENT')) return undefined;
    throw error;
  }
};

/** Moves the file away before reading it once more: of two that found it stale, the slower must not remove the lock that the faster took. */
const clearStale = (file: string, stale: string): void => {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') === stale) rmSync(aside);
    else renameSync(aside, file);
  } catch (error) {
    if (!isErrorWithCode(error, 'ENOENT')) throw error;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrorWithCode(error, 'EPERM');
  }
};

const isErrorWithCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
