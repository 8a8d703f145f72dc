import { readFileSync } from 'node:fs';
import { CommandError } from '../../command-line/command-errors.ts';
import {
  SIMULATED_CALLER_CLIENT_ID,
  SIMULATED_CALLER_OBJECT_ID,
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_OBJECT_ID,
  SIMULATED_OPERATOR_SECRET,
  SIMULATED_TENANT_ID,
} from '../../local/azure-simulator/azure-simulator.ts';
import { inProject } from '../../local/project.ts';
import { summarize } from '../../local/timing/modelled-summary.ts';
import { modelledTimes } from '../../local/timing/modelled-times.ts';
import { followDeployment, postDeployment } from '../../local/world/deployment-client.ts';
import type { AzCommand } from './az-command.ts';
import { canonicalSide } from './canonical-side.ts';
import { compareSides } from './compare-sides.ts';
import { commandHeading, commandLine, figureLine, reportLines } from './conformance-report.ts';
import { type ConformanceResult, hasPassed, type TimedCommand } from './conformance-result.ts';
import { ConformanceWorld } from './conformance-world.ts';
import { countRequests } from './count-requests.ts';
import { judgeExitCodes } from './judge-exit-codes.ts';
import { judgeDifferences, readParityTable } from './parity-table.ts';
import { runAzScript } from './run-az-script.ts';
import { partStore, type Way } from './stored-side.ts';
import { timeOfCommand } from './time-of-command.ts';
import { withValues } from './vault-values.ts';

/** The group that the tutorial's text names. */
const TUTORIAL: Way = {
  resourceGroup: 'apache-airflow-rg',
  caller: { objectId: SIMULATED_OPERATOR_OBJECT_ID, clientId: SIMULATED_OPERATOR_CLIENT_ID },
};

const POST: Way = {
  resourceGroup: 'airflow-from-one-post-rg',
  caller: { objectId: SIMULATED_CALLER_OBJECT_ID, clientId: SIMULATED_CALLER_CLIENT_ID },
};

const LOOK_EVERY_MS = 200;

/** More than a run needs: what Azure's own work takes, and what `az` sleeps in real time. */
const longestRunMs = (speed: number): number => 60_000 * (15 + 40 / speed);

/** How the conformance is run. */
export interface ConformanceOptions {
  /** The interpreter that has the Azure CLI. */
  readonly python: string;
  /** Modelled seconds per real one. */
  readonly speed: number;
  readonly json: boolean;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Makes the infrastructure twice in one simulated Azure, from one POST and by the tutorial's own commands through the real Azure CLI, and compares what they
 * left behind.
 *
 * @throws {@link CommandError} when it takes far too long, as when `az` waits for something that never comes.
 * @returns the exit code: 0 when every command ended as it does in reality and every difference is listed in docs/parity.md, else 1.
 */
export const runConformance = async (given: ConformanceOptions): Promise<number> => {
  const { say, json, speed } = given;
  const timeout = AbortSignal.timeout(longestRunMs(speed));
  const signal = AbortSignal.any([given.signal, timeout]);
  const options = { ...given, signal };
  const listed = readParityTable(readFileSync(inProject('docs', 'parity.md'), 'utf8'));
  const world = await ConformanceWorld.start(speed);
  try {
    const before = await world.readStore();
    const postSeconds = await deployFromPost(world, options);
    const postJournal = world.azure.simulator.requests();
    await logIn(world, options);
    await world.azure.control('DELETE', 'requests');
    const commands = await runTutorial(world, options);
    const tutorialJournal = world.azure.simulator.requests();
    signal.throwIfAborted();

    const journal = [...postJournal, ...tutorialJournal];
    const keys = await world.storageKeys();
    const [tutorial, post] = partStore(await world.readStore(), before, [TUTORIAL, POST]).map((side) => ({
      ...side,
      resources: withValues(side.resources, journal, keys),
    }));
    if (!tutorial || !post) throw new Error('A store has two sides.');
    const comparison = compareSides(canonicalSide(tutorial, post), canonicalSide(post, tutorial));
    const result: ConformanceResult = {
      commands,
      failures: judgeExitCodes(commands),
      comparison,
      ...judgeDifferences(comparison.differences, listed),
      requests: { tutorial: countRequests(tutorialJournal), post: countRequests(postJournal) },
      postSeconds,
      speed,
    };
    for (const line of reportLines(result)) say(line);
    if (json)
      console.log(JSON.stringify({ passed: hasPassed(result), figure: figureLine(result), ...result }, undefined, 2));
    return hasPassed(result) ? 0 : 1;
  } catch (error) {
    if (!timeout.aborted || given.signal.aborted) throw error;
    const minutes = Math.round(longestRunMs(speed) / 60_000);
    throw new CommandError(`Given up after ${minutes} minutes. The last line above is the last command that ended.`, {
      cause: error,
    });
  } finally {
    await world.close();
  }
};

/** @returns from the request to the end of the last step, in modelled seconds. */
const deployFromPost = async (world: ConformanceWorld, { say, signal }: ConformanceOptions): Promise<number> => {
  const hostUrl = await world.processes.startHost({ azure: world.azure });
  say(`One POST into ${POST.resourceGroup}…`);
  const accepted = await postDeployment(hostUrl, { resourceGroupName: POST.resourceGroup });
  const status = await followDeployment(accepted.urls.status, {
    intervalMs: LOOK_EVERY_MS,
    onStatus: () => {},
    signal,
  });
  if (status.status !== 'Succeeded')
    throw new CommandError(`The deployment ended as ${status.status}: ${status.error?.code}: ${status.error?.message}`);
  await world.processes.stopHost();
  return summarize(status, modelledTimes(status.steps, world.azure.simulator.operations())).makespanSeconds;
};

const LOG_IN = 'az login --service-principal --username "$1" --password "$2" --tenant "$3" --output none';

const logIn = async (world: ConformanceWorld, { python, say, signal }: ConformanceOptions): Promise<void> => {
  say('az login…');
  const { commands, stderr } = await runAzScript({
    args: ['-c', LOG_IN, 'bash', SIMULATED_OPERATOR_CLIENT_ID, SIMULATED_OPERATOR_SECRET, SIMULATED_TENANT_ID],
    environment: world.azEnvironment(python),
    records: world.records,
    signal,
  });
  if (commands[0]?.code !== 0) throw new CommandError(`az login failed:\n${stderr}`);
};

const runTutorial = async (
  world: ConformanceWorld,
  { python, speed, say, signal }: ConformanceOptions,
): Promise<TimedCommand[]> => {
  say(`The tutorial's commands into ${TUTORIAL.resourceGroup}, one after another:\n`);
  say(commandHeading);
  const timed: TimedCommand[] = [];
  await runAzScript({
    args: [inProject('test', 'tutorial', 'create-infrastructure.sh')],
    environment: world.azEnvironment(python),
    records: world.records,
    signal,
    onCommand: (command) => {
      const one = { ...command, ...timeOf(world, command, speed) };
      timed.push(one);
      say(commandLine(one));
    },
  });
  return timed;
};

const timeOf = (
  { azure: { simulator }, processes: { clock } }: ConformanceWorld,
  { startedAt, endedAt }: AzCommand,
  speed: number,
) => {
  const modelled = (real: number): number => clock.origin.modelled + (real - clock.origin.real) * clock.origin.speed;
  const command = { from: modelled(startedAt), to: modelled(endedAt) };
  const requests = simulator.requests().map(({ at, durationMs }) => ({ from: at, to: at + durationMs }));
  const operations = simulator
    .operations()
    .filter(({ kind, startedAt: from }) => kind === 'asynchronous' && from >= command.from)
    .map(({ startedAt: from, endsAt }) => ({ from, to: endsAt ?? command.to }));
  return timeOfCommand(command, { requests, operations }, speed);
};
