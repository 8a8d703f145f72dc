/** A VM size's vCPUs and the family that its quota counts under. */
export interface VmSize {
  readonly vcpus: number;
  readonly family: string;
}

const size = (vcpus: number, family: string): VmSize => ({ vcpus, family });

/** The sizes that are offered, by lower-case name (learn.microsoft.com, sizes for virtual machines); a few of hundreds. */
const SIZES: Record<string, VmSize> = {
  standard_b2ms: size(2, 'standardBSFamily'),
  standard_b4ms: size(4, 'standardBSFamily'),
  standard_ds2_v2: size(2, 'standardDSv2Family'),
  standard_ds3_v2: size(4, 'standardDSv2Family'),
  standard_ds4_v2: size(8, 'standardDSv2Family'),
  standard_ds5_v2: size(16, 'standardDSv2Family'),
  standard_d2s_v3: size(2, 'standardDSv3Family'),
  standard_d4s_v3: size(4, 'standardDSv3Family'),
  standard_d8s_v3: size(8, 'standardDSv3Family'),
  standard_d2s_v5: size(2, 'standardDSv5Family'),
  standard_d4s_v5: size(4, 'standardDSv5Family'),
  standard_d8s_v5: size(8, 'standardDSv5Family'),
  standard_d2ds_v5: size(2, 'standardDDSv5Family'),
  standard_d4ds_v5: size(4, 'standardDDSv5Family'),
  standard_d8ds_v5: size(8, 'standardDDSv5Family'),
  standard_d16ds_v5: size(16, 'standardDDSv5Family'),
  standard_d4s_v6: size(4, 'standardDsv6Family'),
  standard_d8s_v6: size(8, 'standardDsv6Family'),
  standard_d4ads_v5: size(4, 'standardDADSv5Family'),
  standard_d8ads_v5: size(8, 'standardDADSv5Family'),
  standard_e4s_v5: size(4, 'standardESv5Family'),
  standard_e8s_v5: size(8, 'standardESv5Family'),
  standard_f8s_v2: size(8, 'standardFSv2Family'),
};

/** What the service takes when no size is given. From memory, unverified. */
export const DEFAULT_VM_SIZE = 'Standard_D8ds_v5';

export const vmSize = (name: string): VmSize | undefined => SIZES[name.toLowerCase()];

export const vmSizeNames = (): string[] => Object.keys(SIZES);

/** A size as Azure writes its name: `Standard_DS4_v2`, `Standard_D4s_v5`. */
export const displayName = (name: string): string =>
  name.replace(/^s/, 'S').replace(/_(ds(?=\d)|[a-z])/, (_, letters: string) => `_${letters.toUpperCase()}`);
