import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestWorld } from '../support/world.ts';
import { launchChromium, missingBrowser } from './chromium.ts';

/** A browser takes long to start on a machine that is busy. */
const START_MS = 60_000;
const PHONE = { width: 390, height: 844 };

describe.skipIf(missingBrowser !== undefined)(
  `the dashboard in Chromium${missingBrowser ? `: skipped, ${missingBrowser}` : ''}`,
  () => {
    let world: TestWorld;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    /** What the browser complained of: scripts' errors, and what the content security policy refused. */
    let complaints: string[];

    beforeAll(async () => {
      [world, browser] = await Promise.all([TestWorld.start({ auth: true }), launchChromium()]);
    }, START_MS);
    afterAll(async () => {
      await browser?.close();
      await world?.close();
    });
    beforeEach(async () => {
      complaints = [];
      context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
      page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(`${error}`));
      page.on('console', (message) => {
        // A 401 is how the page learns that it needs a key.
        if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text());
      });
    });
    afterEach(async () => {
      await context.close();
      await world.azure.reset();
      expect(complaints).toEqual([]);
    });

    const open = async (hash = '', key = world.key): Promise<void> => {
      await page.addInitScript((value) => {
        if (value) sessionStorage.setItem('airflow-on-aks-function-key', value);
      }, key);
      await page.goto(`${world.host.url}/api/dashboard${hash}`);
    };

    it('asks for the function key, sends it as a header only, and asks again when it is wrong', async () => {
      const urls: string[] = [];
      page.on('request', (request) => urls.push(request.url()));
      await open('', '');
      await page.getByLabel('Key', { exact: true }).fill('wrong');
      await page.getByRole('button', { name: 'Use this key' }).click();
      await page.getByRole('dialog').getByLabel('Key', { exact: true }).fill(world.key);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Deployments' }).waitFor();
      await page.getByText('No deployment matches.').waitFor();
      expect(urls.filter((url) => url.includes(world.key))).toEqual([]);
    });

    it('follows a deployment to its end: graph, timeline with the critical path, outputs to copy', async () => {
      await world.post({ resourceGroupName: 'seen-live' });
      await open('#/deployments/seen-live');
      await page.locator('.summary .badge.succeeded').waitFor();
      expect(await page.locator('svg.graph .node.succeeded').count()).toBe(14);
      const path = await page.locator('.steps tr.critical th').allTextContents();
      expect(path.slice(0, 4)).toEqual(['★ resource-group', '★ key-vault', '★ ssh-key', '★ cluster']);
      expect(path.at(-1)).toBe('★ connect');
      await page.getByRole('button', { name: 'Copy OIDC_URL' }).click();
      await page.getByText('OIDC_URL copied.').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^https:\/\/canadacentral\.oic\./);
      await page.getByRole('button', { name: 'Copy all for a shell' }).click();
      await page.getByText('All outputs copied.').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('export MY_CLUSTER_NAME=');
    });

    it('shows why a deployment failed and what to do', async () => {
      await world.azure.fail({
        method: 'PUT',
        path: '/managedClusters/',
        action: { failOperation: { code: 'QuotaExceeded', message: 'No capacity <b>here</b>.' } },
      });
      const { error } = await world.deploy({ resourceGroupName: 'seen-failed' });
      await open('#/deployments/seen-failed');
      const alert = page.getByRole('alert');
      await alert.waitFor();
      // As text: what a service says is never markup.
      expect(await alert.textContent()).toContain('No capacity <b>here</b>.');
      expect(await alert.textContent()).toContain(error?.remedy);
      expect(await page.locator('svg.graph .node.failed .name').allTextContents()).toEqual(['cluster']);
    });

    it('deletes behind a confirmation, by keyboard alone', async () => {
      await world.deploy({ resourceGroupName: 'seen-deleted' });
      await open('#/deployments/seen-deleted');
      const button = page.getByRole('button', { name: 'Delete…' });
      await button.focus();
      await page.keyboard.press('Enter');
      const confirm = page.getByRole('dialog').getByRole('button', { name: 'Delete' });
      await page.keyboard.type('seen');
      expect(await confirm.isDisabled()).toBe(true);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await button.evaluate((node) => node === document.activeElement)).toBe(true);
      expect((await world.status('seen-deleted')).status).toBe('Succeeded');

      await page.keyboard.press('Enter');
      await page.keyboard.type('seen-deleted');
      await page.keyboard.press('Enter');
      await page.locator('.summary .badge.deleted').waitFor();
      await page.getByRole('heading', { name: 'Deleted', exact: true }).waitFor();
      expect(await page.getByRole('listitem').allInnerTexts()).toContainEqual(
        expect.stringMatching(/\/managedClusters\/apache-airflow-aks$/i),
      );
    });

    it('shows what a delete kept, and the line to paste', async () => {
      await world.deploy({ resourceGroupName: 'seen-kept', images: [] });
      const vault = world.azure.simulator
        .resources()
        .find(({ id, type }) => type === 'Microsoft.KeyVault/vaults' && id.includes('/seen-kept/'));
      const url = `https://management.azure.com${vault?.id}?api-version=2026-02-01`;
      await world.azure.somebodyElse('PATCH', url, { tags: { team: 'data' } });
      await world.delete('seen-kept');
      await world.undone('seen-kept');
      await open('#/deployments/seen-kept');
      await page.getByRole('heading', { name: 'Kept', exact: true }).waitFor();
      expect(await page.locator('pre').allInnerTexts()).toEqual([
        expect.stringMatching(/^az tag update --resource-id \S+vaults\S+ --operation merge --tags \S+=seen-kept$/),
      ]);
    });

    it('plans, deploys that plan, and shows the plan beside the result', async () => {
      await open('#/new');
      await page.getByLabel('Body').fill('{"resourceGroupName": "seen-planned", "images": []}');
      await page.getByRole('button', { name: 'Plan', exact: true }).click();
      await page.getByRole('heading', { name: /12 to create, 0 to change, 1 unchanged/ }).waitFor();
      await page.getByRole('button', { name: 'Deploy this plan' }).click();
      await page.locator('.summary .badge.succeeded').waitFor();
      const cluster = page.locator('.steps tr', { hasText: 'cluster' }).first();
      expect(await cluster.textContent()).toContain('create');
      expect(await page.locator('.steps thead').textContent()).toContain('Planned');
    });

    it('shows what stands against a plan, and does not let it be deployed', async () => {
      await open('#/new');
      await page.getByLabel('Body').fill('{"cluster": {"nodeVmSize": "Standard_Nowhere"}}');
      await page.getByRole('button', { name: 'Plan', exact: true }).click();
      await page.locator('.findings .error').first().waitFor();
      expect(await page.getByRole('button', { name: 'Deploy this plan' }).isDisabled()).toBe(true);
      await page.getByLabel('Body').fill('{"colour": "blue"}');
      await page.getByRole('button', { name: 'Plan', exact: true }).click();
      await page.getByText('colour is not known').first().waitFor();
      complaints = complaints.filter((text) => !text.includes('400'));
    });

    it('approves with a name and a reason, which are then shown', async () => {
      const release = world.clock.hold();
      await world.post({ resourceGroupName: 'seen-asked', images: [], approval: { required: true } });
      const decided = world.after(60_000, async () => {
        await open('#/deployments/seen-asked');
        await page.getByRole('button', { name: 'Approve', exact: true }).click();
        const dialog = page.getByRole('dialog');
        expect(await dialog.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
        await dialog.getByLabel('Your name').fill('Ada');
        await dialog.getByLabel('Reason').fill('CAB-17');
        await page.keyboard.press('Enter');

        await page.getByText(/^Approved .* by Ada \(as stated\): CAB-17$/).waitFor();
      });
      release();
      await decided;
      await page.locator('.summary .badge.succeeded').waitFor();
    });

    it('cancels a running deployment behind a confirmation', async () => {
      const release = world.clock.hold();
      try {
        await world.post({ resourceGroupName: 'seen-cancelled' });
        await open('#/deployments/seen-cancelled');
        await page.getByRole('button', { name: 'Cancel…' }).click();
        await page.getByRole('button', { name: 'Cancel the deployment' }).click();
        await page.getByText('Cancelling.').waitFor();
      } finally {
        release();
      }
      await page.locator('.summary .badge.cancelled').waitFor();
    });

    it('lists 500 deployments, narrows them down and keeps the focus while they are refreshed', async () => {
      const deployments = Array.from({ length: 500 }, (_, index) => ({
        id: `many-${index}`,
        status: index % 10 === 0 ? 'Failed' : 'Succeeded',
        createdAt: new Date(Date.UTC(2026, 0, 1) - index * 60_000).toISOString(),
        lastUpdatedAt: new Date(Date.UTC(2026, 0, 1, 0, 7) - index * 60_000).toISOString(),
        correlationId: `RITM${index}`,
        urls: {},
      }));
      await page.route('**/api/deployments?*', async (route) => {
        const url = new URL(route.request().url());
        const status = url.searchParams.get('status');
        const [top, after] = [Number(url.searchParams.get('top')), Number(url.searchParams.get('after') ?? 0)];
        const matching = deployments.filter((each) => status === null || each.status === status);
        url.searchParams.set('after', `${after + top}`);
        const json = {
          deployments: matching.slice(after, after + top),
          ...(after + top < matching.length && { nextLink: url.href }),
        };
        await route.fulfill({ json });
      });
      await open();
      await page.getByText('500 deployments', { exact: true }).waitFor();
      expect(await page.locator('.list tbody tr').count()).toBe(500);
      const link = page.getByRole('link', { name: 'many-7', exact: true });
      await link.focus();
      await page.getByLabel('Status').selectOption('Failed');
      await page.getByText('50 deployments', { exact: true }).waitFor();
      await page.getByLabel('Status').selectOption('');
      await page.getByText('500 deployments', { exact: true }).waitFor();
      const kept = page.getByRole('link', { name: 'many-10', exact: true });
      await kept.focus();
      await page.waitForRequest('**/api/deployments?*');
      await page.waitForResponse('**/api/deployments?*');
      expect(await kept.evaluate((node) => node === document.activeElement)).toBe(true);
      await page.getByLabel('Find').fill('ritm499');
      await page.getByText('1 deployment', { exact: true }).waitFor();
    });

    it.each(['light', 'dark'] as const)(
      'fits a phone without scrolling sideways, and can be read in %s',
      async (colorScheme) => {
        await world.deploy({ resourceGroupName: `seen-${colorScheme}` });
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(PHONE);
        for (const hash of ['', '#/new', `#/deployments/seen-${colorScheme}`]) {
          await open(hash);
          await page.locator('h1').waitFor();
          if (hash.includes('seen')) await page.getByRole('button', { name: 'Copy OIDC_URL' }).waitFor();
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
          const contrasts = await page.evaluate(measureContrasts);
          expect(contrasts.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
        }
      },
    );

    it('may load nothing from elsewhere and run nothing that is inline', async () => {
      const response = await fetch(`${world.host.url}/api/dashboard`);
      const policy = response.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      const html = await response.text();
      expect(html).not.toMatch(/<script(?![^>]*src=)|\sstyle=|\son\w+=|https?:\/\//);
    });

    it.each(['..%2Fmain.js', 'page.html.map', 'nothing.js', 'tsconfig.json'])(
      'serves no file but its own: %s',
      async (name) => {
        expect((await fetch(`${world.host.url}/api/dashboard/${name}`)).status).toBe(404);
      },
    );
  },
);

/** Runs in the page: the contrast of every text against what lies behind it (WCAG 2.2, 1.4.3). */
const measureContrasts = (): { text: string; ratio: number }[] => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgbOf = (color: string): number[] => {
    canvas?.clearRect(0, 0, 1, 1);
    if (canvas) canvas.fillStyle = color;
    canvas?.fillRect(0, 0, 1, 1);
    return [...(canvas?.getImageData(0, 0, 1, 1).data ?? [])];
  };
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = rgbOf(color).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const backgroundOf = (element: Element | null): string => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if ((rgbOf(backgroundColor)[3] ?? 0) > 0) return backgroundColor;
    }
    return 'white';
  };
  return [...document.querySelectorAll('body *')].flatMap((element) => {
    const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const isSeen = element.checkVisibility() && !element.closest('svg, [disabled], .hidden, .skip');
    if (text.length === 0 || !isSeen) return [];
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(backgroundOf(element))];
    return [{ text: text[0]?.textContent ?? '', ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) }];
  });
};
