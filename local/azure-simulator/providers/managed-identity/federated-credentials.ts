import { z } from 'zod';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { existing, parent } from '../../arm/tracked-resources.ts';
import { DURATIONS } from '../../base/durations.ts';
import type { Json } from '../../base/json.ts';
import { type Answer, empty, json, listOf } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import { IDENTITY_PATH, IDENTITY_TYPE, identityId } from './identities.ts';

const TYPE = `${IDENTITY_TYPE}/federatedIdentityCredentials`;
const PATH = `${IDENTITY_PATH}/federatedIdentityCredentials`;
const MOST = 20;

/** Learn.microsoft.com, Microsoft Graph: federatedIdentityCredential, of its three properties. */
const LONGEST = 600;

const schema = z.looseObject({
  properties: z.looseObject({
    issuer: z.url({ protocol: /^https$/ }).max(LONGEST),
    subject: z.string().min(1).max(LONGEST),
    audiences: z.array(z.string().min(1).max(LONGEST)).min(1),
  }),
});

/** Code and text of what is missing: zioproto/istio-aks-example issue 6. Of what is wrong: unverified. */
const refuse = ({ path }: z.core.$ZodIssue, given: Json | undefined): HttpError => {
  const [, property] = path;
  const reason =
    given === undefined || given === null || given === '' || property === undefined
      ? "Federated Identity Credential must specify 'issuer', 'subject' and 'audience'."
      : `Federated Identity Credential has an invalid value for '${String(property)}'.`;
  return new HttpError(400, 'BadRequest', `The request format was unexpected. ${reason}`);
};

const idOf = (request: ArmRequest): string =>
  `${identityId(request)}/federatedIdentityCredentials/${request.parameter('credential')}`;

/** Identities whose credentials are being written at this moment: a second writer is refused. */
const writing = new WeakMap<object, Set<string>>();

const begin = (request: ArmRequest): (() => void) => {
  const busy = writing.get(request.world) ?? new Set();
  writing.set(request.world, busy);
  const identity = identityId(request).toLowerCase();
  if (busy.has(identity)) {
    throw new HttpError(
      409,
      'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
      `Too many Federated Identity Credentials are written concurrently for the managed identity '${identityId(request)}'. Concurrent Federated Identity Credentials writes under the same managed identity are not supported.`,
    );
  }
  busy.add(identity);
  return () => void busy.delete(identity);
};

const put = (request: ArmRequest): Answer => {
  const { properties } = request.content(schema, refuse);
  const name = request.parameter('credential');
  const identity = parent(request, identityId(request), IDENTITY_TYPE, TYPE);
  if (!/^[a-zA-Z0-9][a-zA-Z0-9-_]{2,119}$/.test(name)) {
    throw new HttpError(
      400,
      'InvalidFederatedIdentityCredentialName',
      `The Federated Identity Credential name '${name}' is invalid.`, // unverified
    );
  }
  const { resources } = request.world;
  const others = resources.below(identity.id).filter((other) => other.id.toLowerCase() !== idOf(request).toLowerCase());
  if (others.length >= MOST) {
    throw new HttpError(
      400,
      'FederatedIdentityCredentialsLimitExceeded',
      `Too many Federated Identity Credentials have been created for the managed identity; the limit is ${MOST}.`,
    );
  }
  const { issuer, subject, audiences } = properties;
  // Codes of the limit and of the duplicate: from memory, unverified.
  if (others.some((other) => other.properties.issuer === issuer && other.properties.subject === subject)) {
    throw new HttpError(
      409,
      'IssuerAndSubjectCombinationAlreadyExists',
      'Issuer and subject combination already exists for this Managed Identity.',
    );
  }
  const before = resources.get(idOf(request));
  const credential = resources.put({
    id: before?.id ?? idOf(request),
    name,
    type: TYPE,
    properties: { issuer, subject, audiences },
  });
  return json(before ? 200 : 201, credential);
};

const remove = (request: ArmRequest): Answer => {
  if (!request.world.resources.get(idOf(request))) return empty(204);
  request.world.removeResource(idOf(request), request.now);
  return empty(200);
};

/** Federated credentials of a managed identity, one write at a time. */
export const FEDERATED_CREDENTIAL_ROUTES: Route[] = [
  ...routesOf({ type: TYPE, path: `${PATH}/{credential}` }, [
    { method: 'PUT', seconds: DURATIONS.federatedCredential, begin, handle: put },
    { method: 'DELETE', seconds: DURATIONS.federatedCredential, begin, handle: remove },
    { method: 'GET', handle: (request) => json(200, existing(request, idOf(request), TYPE)) },
  ]),
  ...routesOf({ type: TYPE, path: PATH }, [
    {
      method: 'GET',
      handle: (request) =>
        listOf(request.world.resources.below(existing(request, identityId(request), IDENTITY_TYPE).id)),
    },
  ]),
];
