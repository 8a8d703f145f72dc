import * as z from 'zod';
import { isWhole, numberFlag } from '../command-line/flags.ts';
import { CLOUD_NAMES } from './azure-simulator/base/clouds.ts';

/** A port to listen on; 0 lets the system choose. */
export const portFlag = numberFlag(
  'a port: a whole number from 0 to 65535',
  (value) => isWhole(0)(value) && value <= 65_535,
);

/** Who may call the host beside this machine while it asks for no key. */
export const allowHostFlag = z
  .array(
    z
      .string()
      .regex(/^[\w.-]+$/, { error: 'must be the name of a host, without scheme and port' })
      .toLowerCase(),
  )
  .default([])
  .meta({
    argument: 'NAME',
    description: 'a name under which others call, e.g. of a tunnel; localhost alone otherwise, unless with --auth',
    many: true,
  });

/** Modelled seconds per real second. */
export const speedFlag = numberFlag(
  'a number above 0 and at most 10000 (1 is real time)',
  (value) => value > 0 && value <= 10_000,
);

/** @param seconds - modelled seconds per real second, when nothing is said. */
export const speedFlagOf = (seconds: number) =>
  speedFlag.default(seconds).meta({ argument: 'N', description: `modelled seconds per second (${seconds})` });

/** The speed of data that is kept: another one would make its clock jump. */
export const keptSpeedFlag = speedFlag
  .optional()
  .meta({ argument: 'N', description: 'modelled seconds per second (as before with this data, else 1)' });

/** What random choices are a function of. */
export const seedFlag = numberFlag('a whole number, 0 or greater', isWhole(0));

/** Which of Azure's clouds is simulated. */
export const cloudFlag = z.enum(CLOUD_NAMES, { error: `must be one of ${CLOUD_NAMES.join(', ')}` });

/** Which of Azure's clouds is made anew. */
export const newCloudFlag = cloudFlag.default('AzureCloud').meta({
  argument: 'NAME',
  description: `which of the clouds is simulated: ${CLOUD_NAMES.join(', ')} (AzureCloud)`,
});

/** The simulator's token buckets. */
export const throttlingFlag = z
  .enum(['on', 'off'], { error: 'must be on or off' })
  .default('on')
  .meta({ argument: 'on|off', description: "Resource Manager's limits on requests (on)" });
