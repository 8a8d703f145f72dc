import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import { boundedHttpClient } from './bounded-http-client.ts';
import { MAX_ANSWER_BYTES } from './bounds.ts';
import { simulatorHttpClient, simulatorUrl } from './simulator.ts';

const transports = new Map<string, HttpClient>();

/**
 * The transport of every request to Azure and the hosts beside it, made once: all share its connections.
 *
 * @param most - the most bytes that an answer may have.
 */
export const transport = (most = MAX_ANSWER_BYTES): HttpClient => {
  const simulator = simulatorUrl();
  const key = `${simulator?.origin} ${most}`;
  const known = transports.get(key) ?? boundedHttpClient(ofTheStack(simulator), most);
  transports.set(key, known);
  return known;
};

const ofTheStack = (simulator: URL | undefined): HttpClient =>
  simulator ? simulatorHttpClient(simulator) : createDefaultHttpClient();
