/** A command of the Azure CLI that has ended. Instants are real milliseconds since the epoch. */
export interface AzCommand {
  /** Its words and the value that distinguishes it from its like; never a secret. */
  readonly label: string;
  readonly code: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** What it said on stderr. */
  readonly errors: string;
}

/** The first of these that a command has distinguishes it from its like. */
const TELLING = ['--source', '--name', '-n', '--account-name'];

/** `acr import docker.io/apache/airflow:2.9.3`: what a person would call a command line. Other values may be secrets and are left out. */
export const labelOf = (args: readonly string[]): string => {
  const firstFlag = args.findIndex((arg) => arg.startsWith('-'));
  const words = firstFlag < 0 ? args : args.slice(0, firstFlag);
  const telling = TELLING.map((flag) => args.indexOf(flag)).find((index) => index >= 0);
  const value = telling === undefined ? undefined : args[telling + 1];
  return [...words, ...(value === undefined ? [] : [value])].join(' ');
};
