import { SUBSCRIPTION } from '../../arm/route.ts';
import { declareService } from '../../http/service-declaration.ts';

const PROVIDER = `${SUBSCRIPTION}/providers/Microsoft.Compute`;

/** VM sizes and vCPU quotas. */
export const COMPUTE_COVERAGE = declareService({
  title: 'VM sizes and quotas',
  namespace: 'Microsoft.Compute',
  about:
    'Which VM sizes a subscription may use where, and how many vCPUs it uses of how many: both follow the settings `restrictedVmSizes`, `zones` and `quota`, and the clusters that are there. Has no errors of its own.',
  shape: 'standard',
  errors: {},
  operations: [
    {
      route: `GET ${PROVIDER}/skus`,
      does: "lists the VM sizes, of one location with the filter `location eq '…'`, with zones and restrictions",
    },
    { route: `GET ${PROVIDER}/locations/{location}/usages`, does: 'lists used vCPUs and limits, by family and in all' },
  ],
  differences: [
    'There are no virtual machines: only the node pools of clusters count.',
    'The sizes are those that clusters know here; of their capabilities only the vCPUs are listed, and a size that a location lacks in Azure may be listed.',
    'All sizes come on one page. Any other filter, and includeExtendedLocations, is ignored.',
    'Without the setting `quota` a limit is a million.',
  ],
});
