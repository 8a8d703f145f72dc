/** One of the processes that {@link ScenarioPool} keeps: carries out the scenarios that it is sent, one after another. */
import { World } from '../../local/world/world.ts';
import { runScenario } from './run-scenario.ts';
import { scenarioSchema, type Verdict } from './scenario.ts';

const world = await World.open();

process.on('message', (message) => {
  runScenario(world, scenarioSchema.parse(message)).then(
    (verdict: Verdict) => process.send?.(verdict),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit());
