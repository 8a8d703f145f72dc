import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fingerprintOf } from '../../../src/deployment/names/open-ssh-key.ts';
import { anSshPublicKey } from '../../support/an-ssh-public-key.ts';

const hasSshKeygen = (() => {
  try {
    execFileSync('sh', ['-c', 'command -v ssh-keygen'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

it.runIf(hasSshKeygen)('ssh-keygen understands our keys and shows the same fingerprint', () => {
  const key = anSshPublicKey();
  const directory = mkdtempSync(join(tmpdir(), 'ssh-'));
  try {
    writeFileSync(join(directory, 'key.pub'), `${key}\n`);
    const shown = execFileSync('ssh-keygen', ['-l', '-f', join(directory, 'key.pub')], { encoding: 'utf8' });
    expect(shown.trim()).toBe(`2048 ${fingerprintOf(key)} me@here (RSA)`);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
