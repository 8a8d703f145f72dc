import { settleAll } from '../../../../src/orchestrators/driver/settle-all.ts';
import { registerActivity, registerOrchestration } from '../../../../src/task-hub/register.ts';

registerActivity('settledActivity', async (input) => {
  if (input === 'broken') throw new Error('this one broke');
  return input;
});

registerOrchestration('settled', function* (context) {
  const settled = yield* settleAll(
    context,
    context.df.getInput<string[]>().map((input) => context.df.callActivity('settledActivity', input)),
  );
  const after = yield context.df.callActivity('settledActivity', 'after');
  return [...settled.map((end) => (end.ok ? end.value : String(end.error))), after];
});
