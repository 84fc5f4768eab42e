// The main job in a browser that runs no scripts: people, contacts, records, services, months, fees.
import { check, checkIncludes, finish, step } from "./tap.mjs";
import { choose, enter, submit, text } from "./hands.mjs";
import { openBrowser } from "./look.mjs";
import { startServer } from "./server.mjs";

const server = await startServer(process.env.ZONALE, { people: 60 });
const browser = await openBrowser();
const options = { scripts: false };
const year = new Date().toLocaleDateString("it-IT", { timeZone: "Europe/Rome", year: "numeric" });
const today = new Date().toLocaleDateString("it-IT", { timeZone: "Europe/Rome", day: "2-digit", month: "2-digit", year: "numeric" });
const worker = await enter(browser, server, "assistente", options);
const { page } = worker;
let person = "";
let record = "";
let month = "";

await step("a person, a contact, a case taken in charge", async () => {
  await page.goto("/persone/nuova");
  await page.fill("#cognome", "Senzascript");
  await page.fill("#nome", "Élodie");
  await choose(page, "comune", "Clusone");
  await submit(page, "Salva");
  checkIncludes(await text(page), "Senzascript");
  person = new URL(page.url()).pathname;
  await page.goto(`/contatti/nuovo?persona=${person.split("/").pop()}`);
  await choose(page, "area", "Anziani");
  await submit(page, "Registra il contatto");
  await page.goto(`${person}/cartella`);
  await page.getByRole("link", { name: "Prendi in carico" }).press("Enter");
  await choose(page, "tipo_utente", "Anziani");
  await choose(page, "ente", "Clusone");
  await choose(page, "responsabile", "Chiara Savi");
  await submit(page, "Prendi in carico");
  await page.waitForURL(/\/cartelle\/[0-9a-z]{13}$/);
  record = new URL(page.url()).pathname;
});

await step("menus open, lists are filtered and sorted, views are saved", async () => {
  await page.goto("/persone");
  await page.fill("#cerca", "senzas");
  await choose(page, "comune", "Clusone");
  await submit(page, "Filtra");
  checkIncludes(await text(page), "Comune: Clusone");
  check((await page.locator("tbody tr").count()) === 1, await text(page));
  await page.locator("summary", { hasText: "Viste" }).press("Enter");
  await page.fill("#z-vista", "La mia");
  await submit(page, "Salva la vista");
  await page.getByRole("link", { name: "Togli tutti i filtri" }).press("Enter");
  check((await page.locator("tbody tr").count()) > 1, "the filters are still there");
  await page.locator("main .z-view", { hasText: "La mia" }).press("Enter");
  check((await page.locator("tbody tr").count()) === 1, "the saved view opens");
  await page.getByRole("link", { name: "Togli il filtro Comune" }).press("Enter");
  check(!(await text(page)).includes("Comune: Clusone"), "the chip is still there");
});

await step("an ISEE, and a service with its provider", async () => {
  await page.goto(`${person}/isee`);
  await page.locator("#tipo").first().selectOption({ index: 1 });
  await page.fill("#valore", "6.000,00");
  await page.fill("#protocollo", "INPS-ISEE-2026-01234567A-00");
  await page.fill("#sottoscritta", `02/01/${year}`);
  await submit(page, "Registra");
  checkIncludes(await text(page), "6.000,00");
  await page.goto(`${record}/prestazioni`);
  await page.getByRole("link", { name: "Aggiungi una prestazione" }).press("Enter");
  await choose(page, "servizio", "domiciliare – feriale");
  await choose(page, "erogatore", "Filo d’Erba");
  await page.fill("#dal", today);
  await page.fill("#previsti", "3");
  await page.fill("#costo", "24,50");
  await submit(page, "Aggiungi");
  await page.waitForURL(/\/prestazioni\/[0-9a-z]{13}$/);
  month = await page.locator("tbody a").first().getAttribute("href");
});

await step("the provider logs hours", async () => {
  const provider = await enter(browser, server, "erogatore", options);
  await provider.page.goto(month);
  await provider.page.locator("td input[type=text]").first().fill("2:30");
  await submit(provider.page, "Salva il mese");
  checkIncludes(await text(provider.page), "2:30");
  await provider.context.close();
});

await step("the month says its fee and why; the worker checks it", async () => {
  await page.goto(month);
  for (const part of ["Perché", "6.000,00", "FONDO SAD - ANZIANI"]) checkIncludes(await text(page), part);
  await submit(page, "Verifica il mese");
  checkIncludes(await text(page), "verificato");
});

await step("a fee is tried on its plan", async () => {
  await page.goto("/rette?servizio=SAD");
  await page.locator("tbody a").first().press("Enter");
  await page.fill("#isee", "6000");
  await submit(page, "Calcola");
  checkIncludes(await text(page), "2,60");
});

await step("the menu of the user opens, and leaves", async () => {
  await page.locator(".z-user summary").press("Enter");
  await page.getByRole("link", { name: "Aiuto e tasti" }).press("Enter");
  checkIncludes(await text(page), "Tasti");
  await page.locator(".z-user summary").press("Enter");
  await page.getByRole("button", { name: "Esci" }).press("Enter");
  check(page.url().includes("/entra"), page.url());
});

await browser.close();
await server.stop();
finish();
