// Deadlines in a browser: written in a record, seen in the list, done, put off; every page looked at.
import { step, finish, check, checkIncludes } from "./tap.mjs";
import { enter as enterIn, submit } from "./hands.mjs";
import { look, openBrowser } from "./look.mjs";
import { startServer } from "./server.mjs";

const server = await startServer(process.env.ZONALE, { people: 200 });
const browser = await openBrowser();
const worker = await enterIn(browser, server, "assistente");
const page = worker.page;
const day = (left) => new Date(Date.now() + left * 86400000).toLocaleDateString("it-IT", {
  timeZone: "Europe/Rome", day: "2-digit", month: "2-digit", year: "numeric" });
let record = "";

await step("a deadline is written in the record of a case", async () => {
  await page.goto("/agenda");
  await page.locator("tbody td a").first().click();
  await page.locator("a", { hasText: "Scadenze" }).last().click();
  record = new URL(page.url()).pathname;
  check(record.endsWith("/scadenze"), record);
  await look(worker, "scadenze-nessuna");
  await page.getByRole("link", { name: "Scadenza nuova" }).click();
  await look(worker, "scadenza-nuova");
  await submit(page, "Aggiungi");
  await look(worker, "scadenza-errata");
  for (const [kind, from] of [["adi_primo", -100], ["dimissione", -3], ["ricorso", -80]]) {
    await page.goto(`${record}/nuova`);
    await page.selectOption("[name=tipo]", kind);
    await page.fill("[name=da]", day(from));
    await page.fill("[name=nota]", "Ne ha parlato la figlia al telefono: c’è già un’intesa con il reparto.");
    await submit(page, "Aggiungi");
    check(new URL(page.url()).pathname === record, page.url());
  }
  await look(worker, "scadenze-cartella");
});

await step("the list has it with its light", async () => {
  await page.goto("/scadenze");
  checkIncludes(await page.locator("main").innerText(), "Entro 30 giorni");
  await look(worker, "scadenze");
});

await step("what is done opens the next", async () => {
  await page.goto(record);
  await page.getByRole("link", { name: "Fatta", exact: true }).first().click();
  await look(worker, "scadenza-fatta");
  await submit(page, "Segna come fatta");
  checkIncludes(await page.locator("main").innerText(), "Dimissione protetta: verifica");
  await page.getByRole("link", { name: "Rinvia", exact: true }).first().click();
  await submit(page, "Rinvia");
  checkIncludes(await page.locator("main").innerText(), "Scrivi il motivo.");
  await look(worker, "scadenza-rinvio");
  await page.fill("[name=giorno]", day(40));
  await page.fill("[name=motivo]", "In ospedale fino a fine mese");
  await submit(page, "Rinvia");
  await page.locator("tbody a", { hasText: day(40) }).click();
  checkIncludes(await page.locator("main").innerText(), "In ospedale fino a fine mese");
  await look(worker, "scadenza");
});

await browser.close();
const { code } = await server.stop();
await step("the program ends in order", async () => check(code === 0, `exit ${code}`));
finish();
