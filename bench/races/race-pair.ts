import { faultsOf, type Pair } from './pairs.ts';
import { RaceWorld } from './race-world.ts';

/** How a pair came out. */
export interface Raced {
  readonly pair: string;
  readonly races: number;
  /** How often each outcome was seen, e.g. `202 409 Deleted`. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** What was wrong, with how often. */
  readonly faults: ReadonlyMap<string, number>;
}

/** So many deployments race at once: the host then has more to do than the two requests. */
const AT_ONCE = 10;

/** Races a pair over HTTP, each time on a deployment of its own. */
export const racePair = async (pair: Pair, races: number): Promise<Raced> => {
  const race = await RaceWorld.open();
  const outcomes = new Map<string, number>();
  const faults = new Map<string, number>();
  try {
    const documented = await race.documented();
    const one = async (number: number): Promise<void> => {
      const id = `race-${number}`;
      await pair.prepare(race, id);
      const answers = await inOneMoment(race, id, pair, number % 2 === 1);
      const document = await race.settled(id);
      count(outcomes, `${answers[0].status} ${answers[1].status} ${document.status}`);
      for (const fault of faultsOf(pair, answers, document, documented)) count(faults, fault);
    };
    for (let first = 0; first < races; first += AT_ONCE) {
      const numbers = Array.from({ length: Math.min(AT_ONCE, races - first) }, (_, index) => first + index);
      await Promise.all(numbers.map(one));
    }
  } finally {
    await race.world.close();
  }
  return { pair: pair.name, races, outcomes, faults };
};

/** @param swapped - sends the second request first. */
const inOneMoment = async (race: RaceWorld, id: string, { acts: [first, second] }: Pair, swapped: boolean) => {
  if (!swapped) return Promise.all([first(race, id), second(race, id)]);
  const [b, a] = await Promise.all([second(race, id), first(race, id)]);
  return [a, b] as const;
};

const count = (counts: Map<string, number>, what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
