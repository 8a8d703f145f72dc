import { CommandError } from '../../../command-line/command-errors.ts';
import { endsWithin } from '../../functions-host/ends-within.ts';

const LEFTOVERS_MS = 1_000;
/** More than the host gives its parts one after another, less than a parent gives its child. */
const CLOSING_MS = 9_500;

/** Something that runs until it is stopped. */
export interface Service {
  readonly url: string;
  close(): Promise<void>;
}

/** What a service says to the process that started it, over IPC. */
interface ReadyMessage {
  readonly ready: string;
}

/**
 * Runs a service in this process until SIGINT or SIGTERM, then closes it; a second SIGINT ends the process at once. A child process of
 * `npm start` or `npm run demo` leaves SIGINT to its parent, since a terminal sends it to both, and closes when the parent is gone.
 *
 * @param name - for messages, e.g. `The Azure simulator`.
 * @returns the exit code 0.
 */
export const runService = async (name: string, open: () => Promise<Service>): Promise<number> => {
  const isChild = process.send !== undefined;
  // The parent that read this output may be gone; that must not keep the service from closing in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const stop = stopRequest(isChild);
  try {
    const service = await opened(name, open);
    console.log(`${name} listens on ${service.url}${isChild ? '' : '. Ctrl-C stops it.'}`);
    process.send?.({ ready: service.url } satisfies ReadyMessage);
    await stop;
    if (!isChild) console.log(`\n${name} stops…`);
    if (!(await endsWithin(CLOSING_MS, service.close()))) console.error(`${name} did not stop in time and is ended.`);
  } finally {
    // An open channel keeps the process.
    if (process.connected) process.disconnect();
  }
  // So does a timer or socket that somebody left behind.
  setTimeout(() => process.exit(0), LEFTOVERS_MS).unref();
  return 0;
};

const opened = async (name: string, open: () => Promise<Service>): Promise<Service> => {
  try {
    return await open();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${name} cannot start: ${reason}`, { cause: error });
  }
};

const stopRequest = (isChild: boolean): Promise<void> =>
  new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    let interrupts = 0;
    process.on('SIGINT', () => {
      if (isChild) return;
      if (interrupts++ > 0) process.exit(130);
      resolve();
    });
    if (isChild) process.on('disconnect', resolve);
    if (isChild && !process.connected) resolve();
  });
