import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ENTRA_SETTINGS, tokenOf } from '../support/callers.ts';
import { TestWorld } from '../support/world.ts';
import { launchChromium, missingBrowser } from './chromium.ts';

/** A browser takes long to start on a machine that is busy. */
const START_MS = 60_000;

describe.skipIf(missingBrowser !== undefined)(
  `the pages with tokens${missingBrowser ? `: skipped, ${missingBrowser}` : ''}`,
  () => {
    let world: TestWorld;
    let browser: Browser;

    beforeAll(async () => {
      for (const [name, value] of Object.entries(ENTRA_SETTINGS)) vi.stubEnv(name, value);
      [world, browser] = await Promise.all([TestWorld.start(), launchChromium()]);
    }, START_MS);
    afterAll(async () => {
      vi.unstubAllEnvs();
      await browser?.close();
      await world?.close();
    });

    it('the dashboard learns that tokens are wanted, says how to get one, and shows one’s own deployments', async () => {
      const token = await tokenOf(world, { name: 'ada@example.com', kind: 'user', roles: ['Deployments.Deploy'] });
      await fetch(`${world.host.url}/api/deployments`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ id: 'of-ada', images: [] }),
      });
      const page = await browser.newPage();
      const urls: string[] = [];
      page.on('request', (request) => urls.push(request.url()));
      await page.goto(`${world.host.url}/api/dashboard`);
      await page
        .getByText(`az account get-access-token --resource ${`api://${ENTRA_SETTINGS.ENTRA_AUDIENCE}`}`)
        .waitFor();
      await page.getByLabel('Token', { exact: true }).fill('wrong');
      await page.getByRole('button', { name: 'Use this token' }).click();
      await page.getByText('The token is not accepted: it is not a signed token (JWT).').waitFor();
      await page.getByLabel('Token', { exact: true }).fill(token);
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'of-ada' }).click();
      await page.getByText('Requested by ada@example.com').waitFor();
      expect(urls.filter((url) => url.includes(token))).toEqual([]);
    });

    it('the reference names the scheme', async () => {
      const page = await browser.newPage();
      await page.goto(`${world.host.url}/api/reference`);
      await page.getByRole('button', { name: 'Authorize' }).click();
      await page.getByText('entraToken').first().waitFor();
    });
  },
);
