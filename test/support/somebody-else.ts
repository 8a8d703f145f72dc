import type { RawAnswer } from '../../local/world/send-raw.ts';
import type { StandIns } from './stand-ins.ts';

/** What somebody else than the service asks of Azure, at Resource Manager or at a vault. */
export const somebodyElse = ({ azure }: StandIns, method: string, url: string, body?: object): Promise<RawAnswer> =>
  azure.somebodyElse(method, url, body);
