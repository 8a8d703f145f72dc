interface ImportedImage {
  readonly image: string;
  readonly digest?: string | undefined;
}

/** Each image that was imported by its digest, to be named by it: `IMAGE_AIRFLOW_2_9_3` is `….azurecr.io/airflow@sha256:…`. */
export const imageReferences = (
  loginServer: string,
  images: readonly ImportedImage[],
): Readonly<Record<string, string>> => {
  const references = new Map<string, string>();
  for (const { image, digest } of images) {
    if (digest === undefined) continue;
    const variable = `IMAGE_${image.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
    let name = variable;
    // Two images may differ in nothing but such characters.
    for (let number = 2; references.has(name); number += 1) name = `${variable}_${number}`;
    references.set(name, `${loginServer}/${image.slice(0, image.lastIndexOf(':'))}@${digest}`);
  }
  return Object.fromEntries(references);
};
