/** Loads the apps in the folders that are its arguments and prints a JSON array: for each, why it does not load, and the log. */
import { loadApp } from '../../../local/functions-host/worker/load-app.ts';

const results: { message: string; lines: string[] }[] = [];
for (const directory of process.argv.slice(2)) {
  const lines: string[] = [];
  const log = (level: string, _: string, message: string): void => void lines.push(`${level} ${message}`);
  const message = await loadApp(directory, { log }).then(
    () => 'loaded',
    (error: Error) => error.message,
  );
  results.push({ message, lines });
}
console.log(JSON.stringify(results));
