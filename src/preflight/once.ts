import { withOwnExchange } from '../azure/failures/with-own-exchange.ts';

/** Makes a read that is carried out at the first call; every call gets its result. @throws AzureOperationError, from the read */
export const once = <T>(read: () => Promise<T>): (() => Promise<T>) => {
  let result: Promise<T> | undefined;
  return () => {
    result ??= withOwnExchange(read);
    return result;
  };
};
