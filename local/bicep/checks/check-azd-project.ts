import { parse } from 'yaml';
import * as z from 'zod';
import type { Problem } from '../problem.ts';

const hook = z.object({ shell: z.enum(['sh', 'pwsh']), run: z.string() });

const schema = z.object({
  name: z.string(),
  services: z.record(
    z.string(),
    z.object({
      project: z.string(),
      language: z.string(),
      host: z.string(),
      dist: z.string(),
      remoteBuild: z.boolean(),
      hooks: z.object({ prepackage: z.object({ posix: hook, windows: hook }) }),
    }),
  ),
});

/**
 * Whether azd deploys what `npm run package` writes, to the app that the Bicep makes. How azd reads these fields:
 * https://github.com/Azure/azure-dev, cli/azd/pkg/project/framework_service_node.go and service_target_functionapp.go
 *
 * @param appBicep - the file that tags the function app with the service's name.
 */
export const checkAzdProject = (path: string, text: string, appBicep: string): readonly Problem[] => {
  const parsed = schema.safeParse(parse(text));
  const at = (message: string): Problem => ({ file: path, line: 1, message });
  if (!parsed.success) return parsed.error.issues.map((issue) => at(`${issue.path.join('.')}: ${issue.message}`));
  return Object.entries(parsed.data.services).flatMap(([name, { host, dist, remoteBuild, hooks }]) => [
    ...(host === 'function' ? [] : [at(`services.${name}.host must be function.`)]),
    ...(dist === 'out/package'
      ? []
      : [at(`services.${name}.dist must be out/package, which "npm run package" writes.`)]),
    ...(remoteBuild ? [at(`services.${name}.remoteBuild must be false: the package is deployed as it is.`)] : []),
    ...Object.values(hooks.prepackage)
      .filter(({ run }) => !/npm run package ('--'|--) --backend/.test(run) || !run.includes('DURABLE_BACKEND'))
      .map(() => at(`services.${name}.hooks.prepackage must run "npm run package -- --backend" with DURABLE_BACKEND.`)),
    ...(appBicep.includes(`'azd-service-name': '${name}'`)
      ? []
      : [at(`No function app is tagged azd-service-name: ${name}.`)]),
  ]);
};
