import type {
  OperationDeclaration,
  ServiceDeclaration,
} from '../../../local/azure-simulator/http/service-declaration.ts';

const escaped = (text: string): string => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');

const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${escaped(path)
      .replace(/\{(scope|repository)\}/g, '.*')
      .replace(/\{\w+\}/g, '[^/]+')}$`,
    'i',
  );

/** The declared operation that a request is for; undefined when it is none of the service's. */
export const operationOf = (
  { operations }: ServiceDeclaration,
  method: string,
  target: string,
): OperationDeclaration | undefined => {
  const { origin, pathname } = new URL(target, 'https://management.azure.com');
  return operations.find(({ route }) => {
    const [routeMethod, path = ''] = route.split(' ');
    const subject = /^https?:/.test(path) ? `${origin}${pathname}` : pathname;
    return routeMethod === method && patternOf(path).test(subject);
  });
};
