// One person registered twice: found, compared, made one, taken apart again.
import { check, checkIncludes, finish, step } from "./tap.mjs";
import { enter as enterIn, submit, text } from "./hands.mjs";
import { look, openBrowser } from "./look.mjs";
import { startServer } from "./server.mjs";

const server = await startServer(process.env.ZONALE, { people: 60 });
const browser = await openBrowser();
const boss = await enterIn(browser, server, "coordinatore");
const { page } = boss;

async function register(cognome, nome, more) {
  await page.goto("/persone/nuova");
  await page.fill("#cognome", cognome);
  await page.fill("#nome", nome);
  for (const [field, value] of Object.entries(more)) await page.fill(`#${field}`, value);
  await submit(page, "Salva");
  if ((await page.locator("#conferma").count()) > 0) {
    await page.check("#conferma");
    await submit(page, "Salva");
  }
  await page.waitForURL(/\/persone\/[0-9a-z]{13}$/);
  return page.url();
}

const first = await register("Bagnacavallo", "Teodolinda", { nascita: "03/02/1951", telefono: "0346 998877" });
await register("Teodolinda", "Bagnacavallo", { nascita: "03/02/1951", email: "teodolinda@example.it" });

await step("the search finds them", async () => {
  await page.goto("/persone/doppioni");
  await look(boss, "doppioni-vuoto");
  await page.goto("/persone/doppioni/cerca");
  await look(boss, "doppioni-cerca");
  await submit(page, "Avvia la ricerca");
  await page.waitForURL(/\/lavori\//);
  for (let i = 0; i < 60 && !(await text(page)).includes("La ricerca è finita"); i++) {
    await page.waitForTimeout(500);
    await page.reload();
  }
  await page.goto("/persone/doppioni");
  checkIncludes(await text(page), "cognome e nome scambiati");
  await look(boss, "doppioni");
});

await step("they stand beside each other", async () => {
  await page.goto(first);
  checkIncludes(await text(page), "Forse è la stessa persona");
  await page.locator("main a", { hasText: "Confronta" }).press("Enter");
  await page.waitForURL(/\/doppione\//);
  check(await page.isChecked("input[name=email][value=altra]"), "what is blank here comes from the other");
  check(await page.isChecked("input[name=cognome][value=questa]"), "the rest stays");
  await look(boss, "doppioni-confronto");
});

await step("and are made one", async () => {
  await submit(page, "Unisci le due schede");
  await page.waitForURL(first);
  checkIncludes(await text(page), "teodolinda@example.it");
  checkIncludes(await text(page), "Schede unite in questa");
  await look(boss, "doppioni-unita");
  await page.goto("/cerca?q=bagnacavallo");
  check((await page.locator("[data-found] tbody tr").count()) === 1, "one is found");
  await page.goto("/persone/doppioni");
  check(!(await text(page)).includes("Bagnacavallo"), "the pair is gone");
});

await step("taken apart, and said to be two", async () => {
  await page.goto(first);
  await page.locator("main button", { hasText: "Separa" }).press("Enter");
  await page.waitForLoadState();
  checkIncludes(await page.locator("body").innerText(), "di nuovo separate");
  check(!(await text(page)).includes("teodolinda@example.it"), "the address went back");
  await page.locator("main a", { hasText: "Confronta" }).press("Enter");
  await page.waitForURL(/\/doppione\//);
  await submit(page, "Non sono la stessa persona");
  await page.waitForURL(/\/persone\/doppioni$/);
  await page.goto(first);
  check(!(await text(page)).includes("Forse è la stessa persona"), "it is not said again");
});

await browser.close();
const { code } = await server.stop();
await step("the program ends in order", async () => check(code === 0, `exit ${code}`));
finish();
