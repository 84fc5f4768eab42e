// The main job, in a browser, as each of those who do it; every page that is passed is looked at.
import { step, finish, check, checkIncludes } from "./tap.mjs";
import { changePassword, choose, enter as enterIn, login, submit, text } from "./hands.mjs";
import { look, openBrowser, openWindow } from "./look.mjs";
import { startServer } from "./server.mjs";

const server = await startServer(process.env.ZONALE, { people: 400 });
const browser = await openBrowser();
const enter = (user) => enterIn(browser, server, user);
const today = new Date().toLocaleDateString("it-IT", { timeZone: "Europe/Rome", day: "2-digit", month: "2-digit", year: "numeric" });
const year = today.slice(6);

// ---- before anybody is in ------------------------------------------------------------------------
await step("the door is shut: any page leads to the login", async () => {
  const anonymous = await openWindow(browser, server.address);
  await anonymous.page.goto("/persone");
  check(anonymous.page.url().includes("/entra?dopo=%2Fpersone"), anonymous.page.url());
  await look(anonymous, "entra");
  await login(anonymous.page, "assistente", "sbagliata");
  check((await anonymous.page.title()).startsWith("Errore: "), await anonymous.page.title());
  await look(anonymous, "entra-errata");
  await anonymous.page.goto("/non-esiste");
  await anonymous.context.close();
});

// ---- the social worker ---------------------------------------------------------------------------
const worker = await openWindow(browser, server.address);
const page = worker.page;
let person = "";
let record = "";
let service = "";

await step("the first password must be changed", async () => {
  await page.goto("/");
  await login(page, "assistente", server.password);
  await page.goto("/persone");
  check(new URL(page.url()).pathname === "/password", page.url());
  await look(worker, "password");
  await page.fill("#attuale", server.password);
  await page.fill("#nuova", "corta");
  await page.fill("#ripeti", "corta");
  await submit(page, "Cambia la password");
  await look(worker, "password-errata");
  await changePassword(page, server.password);
});

await step("the day begins with the agenda", async () => {
  await page.goto("/");
  check((await page.locator("h1").innerText()) === "Agenda", await page.locator("h1").innerText());
  await look(worker, "agenda-vuota");
});

await step("half a surname finds people while it is typed", async () => {
  await page.goto("/persone");
  const name = await page.locator("tbody th a").nth(4).innerText();
  await page.goto("/agenda");
  await page.keyboard.press("/");
  check(await page.evaluate(() => document.activeElement.id === "z-cerca"), "the key / goes to the search");
  await page.keyboard.type(name.slice(0, 4));
  await page.locator(".z-found a").first().waitFor();
  checkIncludes((await page.locator(".z-found").innerText()).toLowerCase(), name.toLowerCase());
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/cerca\?q=/);
  checkIncludes((await text(page)).toLowerCase(), name.toLowerCase());
  await look(worker, "cerca");
});

await step("a new person: faults stand beside their fields, what was typed stays", async () => {
  await page.goto("/persone/nuova");
  await look(worker, "persona-nuova");
  await page.fill("#cognome", "D’Amèlio");
  await page.fill("#codfis", "DMLNCL41C05C800A");
  await page.locator("form.z-form").evaluate((form) => (form.noValidate = true));
  await submit(page, "Salva");
  check((await page.inputValue("#cognome")) === "D’Amèlio", "the surname was lost");
  check((await page.locator(".z-faults a").count()) >= 2, await text(page));
  await look(worker, "persona-errata");
  await page.locator(".z-faults a").first().click();
  check(await page.evaluate(() => document.activeElement.matches("input, select")), "the fault leads to its field");
});

await step("the draft saves itself and comes back", async () => {
  await page.goto("/persone/nuova");
  await page.fill("#cognome", "D’Amèlio");
  await page.fill("#indirizzo", "via Querena 12");
  await page.getByText("Bozza salvata").waitFor();
  await page.goto("/agenda");
  await page.goto("/persone/nuova");
  check((await page.inputValue("#indirizzo")) === "via Querena 12", "the draft is not there");
});

await step("the new person is saved", async () => {
  await page.fill("#nome", "Nicolò");
  await page.fill("#codfis", "dmlncl41c05c800y");
  await page.fill("#nascita", "05/03/1941");
  await choose(page, "sesso", "Maschio");
  await choose(page, "comune", "Clusone");
  await submit(page, "Salva");
  await page.waitForLoadState();
  check((await page.locator(".z-faults").count()) === 0, await text(page));
  await page.waitForURL(/\/persone\/[0-9a-z]{13}$/);
  person = new URL(page.url()).pathname;
  checkIncludes(await text(page), "D’Amèlio");
  await look(worker, "persona");
});

await step("a contact is logged", async () => {
  await page.goto(`/contatti/nuovo?persona=${person.split("/").pop()}`);
  await choose(page, "area", "Anziani");
  await page.fill("#richiesta", "La figlia chiede aiuto in casa: non si alza più da solo.");
  await look(worker, "contatto-nuovo");
  await submit(page, "Registra il contatto");
  await page.goto(`${person}/contatti`);
  checkIncludes(await text(page), today);
  await look(worker, "persona-contatti");
});

await step("the case is taken in charge", async () => {
  await page.goto(`${person}/cartella`);
  await look(worker, "cartella-nessuna");
  await page.getByRole("link", { name: "Prendi in carico" }).click();
  await choose(page, "tipo_utente", "Anziani");
  await choose(page, "ente", "Clusone");
  await choose(page, "responsabile", "Chiara Savi");
  await look(worker, "cartella-nuova");
  await submit(page, "Prendi in carico");
  await page.waitForURL(/\/cartelle\/[0-9a-z]{13}$/);
  record = new URL(page.url()).pathname;
  await look(worker, "cartella");
});

await step("a note is written in the diary", async () => {
  await page.goto(`${record}/diario/nuova`);
  await choose(page, "tipo", "isita");
  await page.fill("#presenti", "Il signor Nicolò e la figlia");
  await page.fill("#testo", "Primo piano senza ascensore.\nSi alza con fatica; accetta un aiuto al mattino.");
  await look(worker, "diario-nuova");
  await submit(page, "Salva la nota");
  await page.goto(record);
  checkIncludes(await text(page), "Primo piano senza ascensore.");
  await look(worker, "cartella-diario");
});

await step("an ISEE attestation is recorded", async () => {
  await page.goto(`${person}/isee`);
  await page.locator("#tipo").first().selectOption({ index: 1 });
  await page.fill("#valore", "6.000,00");
  await page.fill("#protocollo", "INPS-ISEE-2026-01234567A-00");
  await page.fill("#sottoscritta", `02/01/${year}`);
  await submit(page, "Registra");
  checkIncludes(await text(page), "6.000,00");
  await look(worker, "isee");
});

await step("home help is added to the record", async () => {
  await page.goto(`${record}/prestazioni`);
  await look(worker, "prestazioni-vuote");
  await page.getByRole("link", { name: "Aggiungi una prestazione" }).click();
  await choose(page, "servizio", "domiciliare");
  await choose(page, "erogatore", "Filo d’Erba");
  await page.fill("#dal", today);
  await page.fill("#previsti", "3");
  await page.fill("#costo", "24,50");
  await look(worker, "prestazione-nuova");
  await submit(page, "Aggiungi");
  await page.waitForLoadState();
  check((await page.locator(".z-faults").count()) === 0, await text(page));
  await page.waitForURL(/\/prestazioni\/[0-9a-z]{13}$/);
  service = new URL(page.url()).pathname;
  await look(worker, "prestazione");
});

// ---- the provider ----------------------------------------------------------------------------------
let month = "";
await step("the provider logs hours, and sees no diary", async () => {
  const provider = await enter("erogatore");
  await provider.page.goto("/prestazioni");
  await look(provider, "erogatore-prestazioni");
  await provider.page.goto(service);
  month = await provider.page.locator("tbody a").first().getAttribute("href");
  await provider.page.goto(month);
  const day = provider.page.locator("td input[type=text]").first();
  await day.fill("due");
  await submit(provider.page, "Salva il mese");
  await look(provider, "mese-errato");
  await provider.page.locator("td input[type=text]").first().fill("2:30");
  await submit(provider.page, "Salva il mese");
  checkIncludes(await text(provider.page), "2:30");
  await look(provider, "mese-erogatore");
  const refused = await provider.page.goto(record);
  check(refused.status() === 404, `the record answered ${refused.status()} to the provider`);
  await provider.context.close();
});

await step("the fee is computed with its reasons, and its cost stands in the budget", async () => {
  await page.goto(month);
  const shown = await text(page);
  for (const part of ["Perché", "ISEE", "6.000,00", "FONDO SAD - ANZIANI", "A carico dell’Ambito"]) checkIncludes(shown, part);
  await look(worker, "mese");
  await page.goto(`/bilancio?anno=${year}`);
  await look(worker, "bilancio");
  await page.getByRole("link", { name: "FONDO SAD - ANZIANI" }).click();
  await look(worker, "bilancio-voce");
});

await step("the timeline and the list of records show the work", async () => {
  await page.goto(`${person}/storia`);
  await look(worker, "storia");
  await page.goto("/cartelle");
  checkIncludes(await text(page), "D’Amèlio");
  await look(worker, "cartelle");
  await page.goto("/agenda");
  checkIncludes(await text(page), "D’Amèlio");
  await look(worker, "agenda");
});

await step("fee plans explain themselves", async () => {
  await page.goto("/rette");
  await look(worker, "rette");
  await page.locator("tbody tr", { hasText: "SAD" }).first().getByRole("link").first().click();
  await page.fill("#isee", "6000");
  await submit(page, "Calcola");
  checkIncludes(await text(page), "2,60");
  await look(worker, "retta");
});

// ---- the others ------------------------------------------------------------------------------------
await step("the coordinator sees the workload by worker", async () => {
  const other = await enter("coordinatore");
  await other.page.goto("/carichi");
  checkIncludes(await text(other.page), "Chiara Savi");
  await look(other, "carichi");
  await other.context.close();
});

await step("the planning office sees counts and money, and no names", async () => {
  const other = await enter("ufficiopiano");
  await look(other, "inizio-ufficiopiano");
  for (const [path, name] of [["/conteggi", "conteggi"], ["/contatti/conteggi", "conteggi-contatti"], ["/bilancio/matrice", "matrice"], ["/bilancio/verifica", "bilancio-verifica"]]) {
    await other.page.goto(path);
    check(!(await text(other.page)).includes("D’Amèlio"), `${path} shows a name`);
    await look(other, name);
  }
  for (const path of [person, record, "/persone"]) {
    const refused = await other.page.goto(path);
    check(refused.status() === 404, `${path} answered ${refused.status()}`);
  }
  await look(other, "errore-404");
  await other.context.close();
});

await step("the auditor sees who read what, and verifies the chain", async () => {
  const other = await enter("revisore");
  await other.page.goto("/registro");
  checkIncludes(await text(other.page), "Chiara Savi");
  await look(other, "registro");
  await other.page.goto("/registro/verifica");
  await other.page.locator("main button[type=submit]").first().click();
  await look(other, "registro-verifica");
  const refused = await other.page.goto(record);
  check(refused.status() === 404, `the record answered ${refused.status()} to the auditor`);
  await other.context.close();
});

await step("the administrator manages users and sees no person", async () => {
  const other = await enter("amministratore");
  await other.page.goto("/utenti");
  await look(other, "utenti");
  await other.page.goto("/enti");
  await look(other, "enti");
  check((await other.page.goto(person)).status() === 404, "the administrator sees a person");
  await other.context.close();
});

await step("leaving: the session ends for good", async () => {
  await page.goto("/agenda");
  await page.locator(".z-user summary").click();
  await page.getByRole("button", { name: "Esci" }).click();
  await page.goto("/agenda");
  check(page.url().includes("/entra"), page.url());
});

await browser.close();
await step("the program stops cleanly and its chain verifies", async () => {
  const { code, log } = await server.stop();
  check(code === 0, `exit ${code}: ${log}`);
});
finish();
