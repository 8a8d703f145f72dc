/** A modelled instant as DTFx writes it: ISO 8601 with seven fractional digits. */
export const timestampOf = (instant: number): string => {
  const iso = new Date(Math.floor(instant)).toISOString();
  return `${iso.slice(0, -1)}0000Z`;
};

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** A duration as .NET writes a TimeSpan: `d.hh:mm:ss`, with a fraction only when there is one. */
export const timeSpanOf = (durationMs: number): string => {
  const ms = Math.floor(durationMs % 1000);
  const seconds = Math.floor(durationMs / 1000);
  const days = Math.floor(seconds / 86_400);
  const time = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map((n) => pad(n));
  return `${days}.${time.join(':')}${ms ? `.${pad(ms, 3)}0000` : ''}`;
};
