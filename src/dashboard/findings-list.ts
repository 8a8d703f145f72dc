import type { DeploymentResponse } from '../status/deployment-response.ts';
import { element } from './dom.ts';

/** What the preflight found, each with what to do about it. */
export const findingsList = (findings: NonNullable<DeploymentResponse['findings']>): Node[] =>
  findings.length === 0
    ? []
    : [
        element(
          'ul',
          { class: 'findings' },
          ...findings.map(({ rule, severity, message, remedy }) =>
            element('li', { class: severity }, element('strong', {}, `${severity}: ${rule}`), ` ${message} ${remedy}`),
          ),
        ),
      ];
