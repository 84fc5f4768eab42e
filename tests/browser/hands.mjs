// What the hands of a user do on any page, for the scenarios.
import { check } from "./tap.mjs";
import { openWindow } from "./look.mjs";

export const chosen = "Cavallo-blu-tramonto-47";
export const text = (page) => page.locator("main").innerText();
export const button = (page, label) => page.locator("main").getByRole("button", { name: label, exact: true });
// By Enter: a click waits for frames, which come late on a busy machine and where no script runs.
export const submit = (page, label) => button(page, label).press("Enter");

export async function login(page, user, password) {
  await page.fill("#nome", user);
  await page.fill("#password", password);
  await submit(page, "Accedi");
}

export async function changePassword(page, first) {
  await page.fill("#attuale", first);
  await page.fill("#nuova", chosen);
  await page.fill("#ripeti", chosen);
  await submit(page, "Cambia la password");
  await page.waitForURL((url) => url.pathname !== "/password");
}

// A window in which `user` has logged in for the first time.
export async function enter(browser, server, user, options) {
  const opened = await openWindow(browser, server.address, options);
  await opened.page.goto("/");
  await login(opened.page, user, server.password);
  await changePassword(opened.page, server.password);
  return opened;
}

export async function choose(page, field, part) {
  const options = await page.locator(`#${field} option`).evaluateAll((all) => all.map((o) => [o.value, o.text]));
  const found = options.find(([value, label]) => value && label.includes(part));
  check(found, `${page.url()} #${field} offers ${options.map(([, label]) => label).join(", ")}`);
  await page.selectOption(`#${field}`, found[0]);
}
