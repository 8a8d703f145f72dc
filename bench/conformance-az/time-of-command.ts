/** From when until when something lasted, in modelled milliseconds. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Where a command's time went. */
export interface CommandTime {
  /** While Azure answered a request or carried out an operation, in modelled seconds. */
  readonly azureSeconds: number;
  /** From an operation's end until the next poll, which saw it, in real seconds: `az` sleeps in these, whatever the modelled speed. */
  readonly lateSeconds: number;
  /** All the rest: start-up and the client's own work, in real seconds. */
  readonly ownSeconds: number;
}

/** What the simulator saw while a command ran. */
export interface Activity {
  /** From arrival to answer. */
  readonly requests: readonly Interval[];
  /** The long-running operations. */
  readonly operations: readonly Interval[];
}

/** @param speed - modelled seconds per real one. */
export const timeOfCommand = (command: Interval, { requests, operations }: Activity, speed: number): CommandTime => {
  const busy = [...requests, ...operations]
    .map(({ from, to }) => ({ from: Math.max(from, command.from), to: Math.min(to, command.to) }))
    .filter(({ from, to }) => to > from)
    .toSorted((a, b) => a.from - b.from);
  let azure = 0;
  let late = 0;
  let own = 0;
  let until = command.from;
  let lastWasOperation = false;
  const isOperationEnd = (instant: number): boolean => operations.some(({ to }) => to === instant);
  for (const { from, to } of busy) {
    if (from > until) {
      if (lastWasOperation) late += from - until;
      else own += from - until;
    }
    if (to <= until) continue;
    azure += to - Math.max(from, until);
    until = to;
    lastWasOperation = isOperationEnd(to);
  }
  own += command.to - until;
  return { azureSeconds: azure / 1000, lateSeconds: late / 1000 / speed, ownSeconds: own / 1000 / speed };
};
