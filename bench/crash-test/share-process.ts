/** The process of one share: `ShareOptions` as JSON in its argument, `ShareMessage`s over the channel to its parent. */
import { shareOptionsSchema } from './share-report.ts';
import { tryShare } from './try-share.ts';

/** Without a parent, what is still to be tried is of no use. */
const end = (): void => process.exit(1);

process.once('disconnect', end);
await tryShare(shareOptionsSchema.parse(JSON.parse(process.argv[2] ?? '')), (message) => void process.send?.(message));
process.off('disconnect', end);
if (process.connected) process.disconnect();
