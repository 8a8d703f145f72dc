import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { inProject, projectRoot } from '../../project.ts';

/** Where the host keeps an app's data by default: apps must not share one, since two may have functions and task hubs of the same names. */
export const appDataDirectory = (app: string): string => {
  if (app === projectRoot) return inProject('.data', 'host');
  const path = createHash('sha256').update(app).digest('hex').slice(0, 8);
  return inProject('.data', `host-${basename(app).replaceAll(/[^\w.-]/g, '_')}-${path}`);
};
