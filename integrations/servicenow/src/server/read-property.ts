import { gs } from '@servicenow/glide';

/** One of the app's own system properties, which `fluent/settings.now.ts` lists; empty when it is not set. */
export const readProperty = (name: string): string => gs.getProperty(`x_airaks_deploy.${name}`) ?? '';
