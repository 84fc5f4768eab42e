// A browser, and what every page must hold: no accessibility fault, nothing refused by the content
// policy, no other host asked, nothing wider than the screen. Pictures go to ZONALE_PICTURES.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { check } from "./tap.mjs";

const require = createRequire(import.meta.url);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.ZONALE_PICTURES;
const wide = { width: 1280, height: 900 };
const narrow = { width: 390, height: 844 };
const between = [{ width: 768, height: 1024 }, { width: 1024, height: 768 }]; // tablets
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const openBrowser = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: quiet });

// One user's window. `faults` gathers what the browser complained of, on any page.
export async function openWindow(browser, address, { scripts = true } = {}) {
  const context = await browser.newContext({ viewport: wide, javaScriptEnabled: scripts, baseURL: address,
    locale: "it-IT", timezoneId: "Europe/Rome" });
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`script: ${error}`));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) faults.push(text.slice(0, 300));
  });
  page.on("request", (request) => {
    const to = new URL(request.url());
    if (to.protocol !== "data:" && to.origin !== new URL(address).origin) faults.push(`other host: ${to}`);
  });
  return { page, faults, context };
}

async function accessible(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((tags) => globalThis.axe.run({ runOnly: tags }), rules);
  const told = violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)).join("\n  ")}`);
  check(told.length === 0, `${name}: ${told.join("\n")}`);
}

async function picture(page, name) {
  if (!pictures) return;
  fs.mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}

async function fits(page, name) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(over <= 0, `${name}: ${over} pixels wider than the screen`);
}

// Wide and as on a phone: axe, width, pictures; and no wider than a tablet.
export async function look({ page, faults }, name) {
  check((await page.locator("h1").count()) === 1, `${name}: one h1 is expected`);
  await picture(page, name);
  await accessible(page, name);
  await fits(page, name);
  for (const size of between) {
    await page.setViewportSize(size);
    await fits(page, `${name} at ${size.width} px`);
  }
  await page.setViewportSize(narrow);
  await picture(page, `${name}-390`);
  await accessible(page, `${name} at 390 px`);
  await fits(page, `${name} at 390 px`);
  await page.setViewportSize(wide);
  check(faults.length === 0, `${name}: ${faults.splice(0).join("\n")}`);
}
