// The main job by keyboard alone, seeing where the focus is; and a session that ends in the middle of
// a note.
import { check, checkIncludes, finish, step } from "./tap.mjs";
import { chosen, login, submit, text } from "./hands.mjs";
import { look, openBrowser, openWindow } from "./look.mjs";
import { startServer } from "./server.mjs";

const server = await startServer(process.env.ZONALE, { people: 60 });
const browser = await openBrowser();
const worker = await openWindow(browser, server.address);
const { page } = worker;
await page.emulateMedia({ reducedMotion: "reduce" }); // marks are there at once
const press = (key) => page.keyboard.press(key);
const focusOn = (selector) => page.evaluate((s) => document.activeElement.matches(s), selector);
let record = "";

// What has the focus can be seen: it lies on the screen and wears an outline, a shadow or a border
// that it has not without the focus.
const seen = () => page.evaluate(() => {
  const at = document.activeElement;
  const look = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor, style.backgroundColor].join();
  };
  const box = at.getBoundingClientRect();
  const shown = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const focused = look(at);
  at.blur();
  const plain = look(at);
  at.focus({ preventScroll: true });
  return { shown, marked: focused !== plain, html: at.outerHTML.slice(0, 120) };
});

// Tab until what is wanted has the focus.
async function tabTo(selector, most = 90) {
  for (let i = 0; i < most; i++) {
    await press("Tab");
    if (await focusOn(selector)) {
      const { shown, marked, html } = await seen();
      check(shown && marked, `the focus cannot be seen (on the screen: ${shown}, marked: ${marked}) on ${html}`);
      return;
    }
  }
  throw new Error(`Tab never came to ${selector} on ${page.url()}`);
}
const write = async (selector, words) => {
  await tabTo(selector);
  await page.keyboard.type(words);
};
const follow = async (selector) => {
  await tabTo(selector);
  await Promise.all([page.waitForLoadState(), press("Enter")]);
  await page.waitForTimeout(50);
  await page.waitForLoadState();
};

await step("logging in", async () => {
  await page.goto("/");
  await write("#nome", "assistente");
  await write("#password", server.password);
  await press("Enter");
  await page.waitForURL(/password/);
  await write("#attuale", server.password);
  await write("#nuova", chosen);
  await write("#ripeti", chosen);
  await press("Enter");
  await page.waitForURL(/agenda/);
});

await step("every stop of the agenda can be seen", async () => {
  const stops = new Set();
  for (let i = 0; i < 60; i++) {
    await press("Tab");
    if (await focusOn("body")) break;
    const { shown, marked, html } = await seen();
    check(shown && marked, `the focus cannot be seen (on the screen: ${shown}, marked: ${marked}) on ${html}`);
    stops.add(html);
  }
  check(stops.size > 15, `only ${stops.size} stops`);
});

await step("the first Tab offers to skip the header", async () => {
  await page.goto("/persone");
  await press("Tab");
  check(await focusOn("a[href='#z-contenuto']"), "the skip link is not first");
  await press("Enter");
  await press("Tab");
  check(await page.evaluate(() => document.activeElement.closest("main") !== null), "the skip link leads into the content");
  await page.goto("/persone");
  await press("Tab");
  await press("Tab");
  await press("Enter");
  await press("Tab");
  check(await focusOn(".z-side a"), "the second one leads to the menu");
});

await step("a person is registered", async () => {
  await page.goto("/agenda");
  await follow(".z-side a[href='/persone']");
  await follow("a[href='/persone/nuova']");
  await write("#cognome", "Tastiera");
  await write("#nome", "Ada");
  await write("#comune", "Clusone");
  await press("Enter");
  await tabTo("main form.z-form button[type=submit]");
  await press("Enter");
  await page.waitForURL(/\/persone\/[0-9a-z]{13}$/);
  checkIncludes(await text(page), "Tastiera");
});

await step("she is found by half her name, and a contact is logged", async () => {
  await press("/");
  await page.keyboard.type("tasti");
  await page.locator(".z-found a").first().waitFor();
  await press("ArrowDown");
  check(await focusOn(".z-found a"), "the arrow goes to what was found");
  await Promise.all([page.waitForEvent("framenavigated"), press("Enter")]); // her page again: the address tells nothing
  await page.waitForLoadState();
  await page.waitForURL(/\/persone\/[0-9a-z]{13}$/);
  const person = new URL(page.url()).pathname.split("/").pop();
  await page.goto(`/contatti/nuovo?persona=${person}`);
  await write("#area", "Anziani");
  await write("#richiesta", "Chiede aiuto in casa");
  await press("Control+Enter");
  await page.waitForURL(/\/persone\/.*\/contatti$/);
});

await step("the case is taken in charge", async () => {
  await follow(".z-tabs a[href$='/cartella']");
  await follow("main a[href*='/cartelle/nuova']");
  await write("#tipo_utente", "Anziani");
  await write("#ente", "Clusone");
  await write("#responsabile", "Chiara");
  await tabTo("main form.z-form button[type=submit]");
  await press("Enter");
  await page.waitForURL(/\/cartelle\/[0-9a-z]{13}$/);
  record = new URL(page.url()).pathname;
});

await step("a note is written", async () => {
  await follow("main a[href$='/diario/nuova']");
  await write("#tipo", "Visita");
  await write("#testo", "Vive sola al terzo piano.");
  await tabTo("main form.z-form button[type=submit]");
  await press("Enter");
  await page.waitForURL((url) => url.pathname === record);
  checkIncludes(await text(page), "Vive sola al terzo piano.");
});

await step("menus open and close, and the help is one key away", async () => {
  await page.goto("/persone");
  await tabTo(".z-drop summary");
  await press("Enter");
  check(await page.locator(".z-drop[open]").count() === 1, "the menu does not open");
  await press("Escape");
  check(await page.locator(".z-drop[open]").count() === 0, "the menu does not close");
  check(await focusOn(".z-drop summary"), "the focus is lost");
  await press("?");
  await page.waitForURL(/\/aiuto$/);
  await look(worker, "aiuto");
});

await step("a session that ends in the middle of a note loses nothing", async () => {
  await page.goto(`${record}/diario/nuova`);
  await page.route("**/bozza", (route) => route.abort()); // the draft that saves itself is not to help
  await page.selectOption("#tipo", { index: 1 });
  await page.fill("#testo", "La figlia verrà\ngiovedì alle 15.");
  const other = await openWindow(browser, server.address);
  await other.page.goto("/");
  await login(other.page, "assistente", chosen);
  await other.page.goto("/profilo");
  await submit(other.page, "Chiudi tutti gli altri accessi");
  await other.context.close();
  await submit(page, "Salva la nota");
  await page.waitForURL(/\/entra\?dopo=/);
  await login(page, "assistente", chosen);
  await page.waitForURL((url) => url.pathname === `${record}/diario/nuova`);
  check((await page.inputValue("#testo")) === "La figlia verrà\ngiovedì alle 15.", "the text is lost");
  checkIncludes(await text(page), "È stato ripreso il testo");
  await submit(page, "Salva la nota");
  await page.waitForURL((url) => url.pathname === record);
  checkIncludes(await text(page), "giovedì alle 15.");
});

await browser.close();
await server.stop();
finish();
