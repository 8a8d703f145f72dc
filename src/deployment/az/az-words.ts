/** A value as one word of a POSIX shell. */
export const shellWord = (value: string): string =>
  /^[A-Za-z0-9_\-.:/@=,+]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;

export const flag = (name: string, value: string): string =>
  `${name.length === 1 ? '-' : '--'}${name} ${shellWord(value)}`;

export const tagFlags = (tags: readonly (readonly [string, string])[]): string =>
  tags.length === 0 ? '' : `--tags ${tags.map(([name, value]) => shellWord(`${name}=${value}`)).join(' ')}`;
