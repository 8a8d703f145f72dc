import type { Finding } from '../deployment/plan/finding.ts';
import { element } from './dom.ts';

/** What the preflight found, each with what to do about it. */
export const findingsList = (findings: readonly Finding[]): Node[] =>
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
