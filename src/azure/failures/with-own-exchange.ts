import { type Exchange, recordExchange } from '../exchange.ts';
import { AzureOperationError, toAzureFailure } from './azure-failure.ts';

/**
 * Reads with an exchange of its own, for what several await: each is told of the answer to this very read, not of the one that it got last itself.
 *
 * @throws AzureOperationError
 */
export const withOwnExchange = <T>(read: () => Promise<T>): Promise<T> => {
  const exchange: Exchange = {};
  return recordExchange(exchange, async () => {
    try {
      return await read();
    } catch (error) {
      throw new AzureOperationError(toAzureFailure(error, exchange));
    }
  });
};
