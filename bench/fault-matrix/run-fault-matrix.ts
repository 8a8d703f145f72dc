import { CommandError } from '../../command-line/command-errors.ts';
import { formatDuration } from '../../command-line/format-duration.ts';
import { World } from '../../local/world/world.ts';
import { type FaultKind, faultKinds, scenariosOf } from './fault-kinds.ts';
import { brokenLines, matrixLines, type Outcome } from './matrix-table.ts';
import { recordRequests } from './record-requests.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { Scenario, Verdict } from './scenario.ts';
import { ScenarioPool } from './scenario-pool.ts';

export interface FaultMatrixOptions {
  /** Only requests whose label it matches. */
  readonly only: RegExp | undefined;
  /** Only this fault. */
  readonly fault: string | undefined;
  /** Shows what there is instead of trying it. */
  readonly list: boolean;
}

const PROCESSES = 2;
const TELL_EVERY_MS = 5_000;

/**
 * Tries every request of a deployment with every fault and prints the table on stdout; its last line is the figure.
 *
 * @returns the exit code: 1 when a promise was broken.
 * @throws CommandError when there is no such fault or request.
 */
export const runFaultMatrix = async ({ only, fault, list }: FaultMatrixOptions): Promise<number> => {
  const kinds = faultKinds.filter(({ name }) => fault === undefined || name === fault);
  if (kinds.length === 0) {
    throw new CommandError(`There is no fault "${fault}"; there are ${faultKinds.map(({ name }) => name).join(', ')}.`);
  }
  console.error('Recording the requests of a deployment that nothing disturbs…');
  const requests = (await readRequests()).filter(({ label }) => only?.test(label) ?? true);
  if (requests.length === 0) throw new CommandError(`No request matches ${only}; --list shows them all.`);
  if (list) {
    print(listLines(requests, kinds));
    return 0;
  }
  const scenarios = requests.flatMap((request) => kinds.flatMap((kind) => scenariosOf(request, kind)));
  const begun = performance.now();
  const outcomes = await tryAll(scenarios);
  print(
    matrixLines(
      requests.map(({ label }) => label),
      kinds,
      outcomes,
    ),
  );
  const broken = brokenLines(outcomes);
  if (broken.length > 0) print(['', 'Broken promises:', ...broken]);
  print(['', figure(requests, kinds, outcomes, (performance.now() - begun) / 1000)]);
  return broken.length > 0 ? 1 : 0;
};

const readRequests = async (): Promise<readonly RecordedRequest[]> => {
  const world = await World.open();
  try {
    return await recordRequests(world);
  } finally {
    await world.close();
  }
};

const tryAll = async (scenarios: readonly Scenario[]): Promise<readonly Outcome[]> => {
  console.error(`Deploying ${scenarios.length} times with a fault…`);
  let ended = 0;
  let brokenSoFar = 0;
  let toldAt = performance.now();
  const tell = (_: Scenario, { broken }: Verdict): void => {
    ended++;
    if (broken.length > 0) brokenSoFar++;
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    console.error(`  ${ended} of ${scenarios.length}, ${brokenSoFar} broke a promise…`);
  };
  const verdicts = await new ScenarioPool(PROCESSES).run(scenarios, tell);
  return scenarios.flatMap((scenario, index) => {
    const verdict = verdicts[index];
    return verdict ? [{ scenario, verdict }] : [];
  });
};

const listLines = (requests: readonly RecordedRequest[], kinds: readonly FaultKind[]): string[] => [
  'Requests:',
  ...requests.map((request) => {
    const faults = kinds.flatMap((kind) => (scenariosOf(request, kind).length > 0 ? [kind.name] : []));
    return `  ${request.label}: ${faults.join(' ')}`;
  }),
  'Faults:',
  ...kinds.map(({ name, description }) => `  ${name}: ${description}`),
];

const figure = (
  requests: readonly RecordedRequest[],
  kinds: readonly FaultKind[],
  outcomes: readonly Outcome[],
  seconds: number,
): string => {
  const count = (wanted: Verdict['outcome']): number =>
    outcomes.filter(({ verdict }) => verdict.outcome === wanted).length;
  const broken = outcomes.filter(({ verdict }) => verdict.broken.length > 0).length;
  const cells = new Set(outcomes.map(({ scenario }) => `${scenario.request} ${scenario.fault}`)).size;
  return `${requests.length} requests × ${kinds.length} faults: ${cells} cells, ${outcomes.length} scenarios: ${count('S')} succeeded, ${count('F')} failed, ${count('R')} did not end; ${broken} broke a promise; ${formatDuration(seconds)}`;
};

const print = (lines: readonly string[]): void => console.log(lines.join('\n'));
