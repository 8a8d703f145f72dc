/**
 * Makes the pictures in docs/images anew, from the dashboard on both emulators: `node test/browser/take-screenshots.ts`, after `npm run build`.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TestWorld } from '../support/world.ts';
import { launchChromium } from './chromium.ts';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
mkdirSync(folder, { recursive: true });

const world = await TestWorld.start({ jitter: 0.4, seed: 3 });
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1240, height: 900 } });
const show = async (hash: string, name: string): Promise<void> => {
  await page.goto(`${world.host.url}/api/dashboard${hash}`);
  await page.reload();
  await page.locator('.steps, .list').first().waitFor();
  if (hash.includes('/')) await page.locator('svg.graph').waitFor();
  await page.screenshot({ path: `${folder}${name}.png` });
};

await world.deploy({ correlationId: 'RITM0010042' });
await world.azure.fail({
  method: 'PUT',
  path: '/managedClusters/',
  action: { failOperation: { code: 'QuotaExceeded', message: 'Not enough cores of the family standardDSv2Family.' } },
});
await world.deploy({ resourceGroupName: 'airflow-staging', correlationId: 'RITM0010057' });
await show('#/deployments/apache-airflow-rg', 'dashboard-light');
await page.emulateMedia({ colorScheme: 'dark' });
await show('#/deployments/airflow-staging', 'dashboard-failed-dark');
await page.setViewportSize({ width: 390, height: 844 });
await page.emulateMedia({ colorScheme: 'light' });
await show('#/deployments/apache-airflow-rg', 'dashboard-phone');
await browser.close();
await world.close();
