/** The levels of the Functions host's logs, in rising order; `none` is never written. */
export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

/**
 * Where log lines go.
 *
 * @param category - as the Functions host names them: `Function.<name>.User` for the app's own lines, `Function.<name>` for the
 * worker's lines about an invocation, `Host.<part>` for the rest.
 */
export type Log = (level: LogLevel, category: string, message: string) => void;
