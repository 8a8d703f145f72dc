import { ServiceError } from '../http/service-error.ts';
import type { ArmRequest } from './arm-request.ts';

export type RegistrationState = 'NotRegistered' | 'Registering' | 'Registered';

/** Whether a subscription may use a resource provider. */
export const registrationState = (request: ArmRequest, namespace: string): RegistrationState => {
  const { settings, registrations } = request.world;
  const initially = settings.values.unregisteredProviders.some(
    (name) => name.toLowerCase() === namespace.toLowerCase(),
  );
  if (!initially) return 'Registered';
  const readyAt = registrations.get(registrationKey(request.subscriptionId, namespace));
  if (readyAt === undefined) return 'NotRegistered';
  return request.now < readyAt ? 'Registering' : 'Registered';
};

export const registrationKey = (subscriptionId: string, namespace: string): string =>
  `${subscriptionId}/${namespace}`.toLowerCase();

/** @throws ServiceError 409 MissingSubscriptionRegistration; the JavaScript SDKs, unlike the CLI, do not register by themselves. */
export const checkRegistered = (request: ArmRequest, namespace: string): void => {
  if (request.subscriptionId === '' || registrationState(request, namespace) === 'Registered') return;
  const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
  throw new ServiceError(409, 'MissingSubscriptionRegistration', message, {
    details: [{ code: 'MissingSubscriptionRegistration', target: namespace, message }],
    shape: 'standard',
  });
};
