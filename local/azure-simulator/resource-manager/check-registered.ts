import type { ArmRequest } from '../arm/arm-request.ts';
import { HttpError } from '../http/http-error.ts';
import type { ResourceManagerWorld } from './resource-manager-world.ts';

/** @throws HttpError 409 MissingSubscriptionRegistration; the JavaScript SDKs, unlike the CLI, do not register by themselves. */
export const checkRegistered = (request: ArmRequest<ResourceManagerWorld>, namespace: string): void => {
  const { subscriptionId, world } = request;
  if (subscriptionId === '' || world.registrations.stateOf(subscriptionId, namespace) === 'Registered') return;
  const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
  throw new HttpError(409, 'MissingSubscriptionRegistration', message, {
    details: [{ code: 'MissingSubscriptionRegistration', target: namespace, message }],
    shape: 'standard',
  });
};
