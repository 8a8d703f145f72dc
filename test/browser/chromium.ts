import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian's and Ubuntu's packages put it. CHROMIUM names another. */
const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Why the browser tests cannot run here; undefined where they can. In CI they have to. */
export const missingBrowser: string | undefined =
  existsSync(EXECUTABLE) || process.env.CI
    ? undefined
    : `no Chromium at ${EXECUTABLE} (set CHROMIUM, or install the package chromium)`;

/** A headless Chromium that talks to nobody but the page's own server. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
