import * as z from 'zod';

const PackageJson = z.object({
  name: z.string(),
  version: z.string(),
  private: z.boolean(),
  license: z.string(),
  type: z.string(),
  main: z.string(),
  engines: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
});

/**
 * The package.json that is deployed. Without scripts and development dependencies a tool that runs `npm install` or `npm run build` on what it
 * deploys (azd, a remote build) neither adds a package nor fails.
 */
export const deployedPackageJson = (packageJson: unknown): z.output<typeof PackageJson> =>
  PackageJson.parse(packageJson);
