import type { StandIns } from './stand-ins.ts';

/** The only resource of a type that the simulator holds (the group that AKS makes for its nodes does not count). */
export const resourceOf = (standIns: StandIns, type: string) => {
  const found = standIns.simulator
    .resources()
    .filter((resource) => resource.type.toLowerCase() === type.toLowerCase() && !resource.name.startsWith('MC_'));
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
  return found[0];
};

// biome-ignore lint/suspicious/noExplicitAny: bodies of requests, looked into by tests that know their shape.
type Body = Record<string, any>;

/** The bodies of the requests that were sent with a method and a part of their URL, in order. */
export const sentBodies = (standIns: StandIns, method: string, urlPart: string): Body[] =>
  standIns.requests(method, urlPart).map(({ body }) => {
    const parsed: Body = typeof body === 'string' ? JSON.parse(body) : { ...(typeof body === 'object' ? body : {}) };
    return parsed;
  });
