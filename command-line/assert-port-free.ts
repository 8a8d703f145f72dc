import { once } from 'node:events';
import { createServer } from 'node:net';
import { CommandError } from './command-errors.ts';

/**
 * @param zero - whether the flag takes 0 for any free port.
 * @throws {@link CommandError} that says what to do when another program listens on the port; 0 is always free.
 */
export const assertPortFree = async (name: string, port: number, flag = '--port', zero = true): Promise<void> => {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : undefined;
    if (why === 'EADDRINUSE') {
      const remedy = `Stop that program, or choose another port with ${flag}${zero ? ' (0 takes any free one)' : ''}.`;
      throw new CommandError(`${name} cannot listen on port ${port}: another program uses it. ${remedy}`);
    }
    if (why === 'EACCES') {
      const remedy = `Choose one above 1023 with ${flag}.`;
      throw new CommandError(`${name} may not listen on port ${port}: it is reserved for the administrator. ${remedy}`);
    }
    throw error;
  } finally {
    probe.close();
  }
};
