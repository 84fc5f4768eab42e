// A project from the first objective to the signatures, its check, and its next version.
import { step, finish, check, checkIncludes } from "./tap.mjs";
import { choose, enter, submit, text } from "./hands.mjs";
import { look, openBrowser } from "./look.mjs";
import { startServer } from "./server.mjs";

const server = await startServer(process.env.ZONALE, { people: 200 });
const browser = await openBrowser();
const worker = await enter(browser, server, "assistente");
const page = worker.page;
const day = (days) => new Date(Date.now() + days * 86400000).toLocaleDateString("it-IT",
  { timeZone: "Europe/Rome", day: "2-digit", month: "2-digit", year: "numeric" });
const follow = (name) => page.locator("main").getByRole("link", { name, exact: true }).first().click();
const faults = async () => check((await page.locator(".z-faults").count()) === 0, await text(page));
let project = "";

await step("a project is opened in the record", async () => {
  await page.goto("/cartelle?mie=1");
  await page.locator("tbody th a").first().click();
  await page.waitForURL(/\/cartelle\/[0-9a-z]{13}$/);
  await follow("Progetti");
  await look(worker, "progetti-nessuno");
  await follow("Progetto nuovo");
  await page.fill("#titolo", "Restare a casa");
  await page.fill("#bisogni", "Vive da solo al secondo piano; la figlia passa la sera.");
  await look(worker, "progetto-nuovo");
  await submit(page, "Apri il progetto");
  await page.waitForURL(/\/progetti\/[0-9a-z]{13}$/);
  project = new URL(page.url()).pathname;
  checkIncludes(await text(page), "Serve almeno un obiettivo");
  await look(worker, "progetto-vuoto");
});

await step("an objective with its actions; faults stand beside their fields", async () => {
  await follow("Aggiungi un obiettivo");
  await page.fill("#testo", "Alzarsi e lavarsi in sicurezza");
  await page.fill("#che_cosa_1", "Aiuto al mattino, tre volte a settimana");
  await submit(page, "Salva l’obiettivo");
  check((await page.locator(".z-fault").count()) >= 2, await text(page));
  check((await page.inputValue("#che_cosa_1")) !== "", "what was typed is lost");
  await look(worker, "progetto-obiettivo");
  await choose(page, "chi_1", "Ente");
  await page.fill("#entro_1", day(30));
  await submit(page, "Salva l’obiettivo");
  await page.waitForURL(project);
});

await step("a cost and its sources add up to the cent", async () => {
  await follow("Aggiungi un costo");
  await page.fill("#che_cosa", "Assistenza domiciliare");
  await page.fill("#importo", "1.200,00");
  await page.fill("#famiglia", "200,00");
  await choose(page, "fonte_1", "Ambito");
  await page.fill("#quota_1", "999,99");
  await submit(page, "Salva il costo");
  checkIncludes(await text(page), "la differenza è 0,01");
  await look(worker, "progetto-costo");
  await page.fill("#quota_1", "1.000,00");
  await submit(page, "Salva il costo");
  await page.waitForURL(project);
  await follow("Modifica le fasi");
  await look(worker, "progetto-fasi");
  await page.goto(project);
  await follow("Programma una verifica");
  await look(worker, "progetto-verifica-nuova");
  await submit(page, "Programma la verifica");
  await page.waitForURL(project);
});

await step("it is proposed, signed and started", async () => {
  await follow("Proponi alla firma");
  await look(worker, "progetto-sposta");
  await submit(page, "Proponi alla firma");
  await page.waitForURL(project);
  for (let left = await page.locator("text=manca").count(); left > 0; left--) {
    await page.goto(project);
    const roles = await page.locator("li", { hasText: "manca" }).first().innerText();
    await follow("Registra una firma");
    await choose(page, "ruolo", roles.split(":")[0]);
    await page.fill("#nome", "Nome e Cognome");
    if (left === 1) await look(worker, "progetto-firma");
    await submit(page, "Registra la firma");
    await page.waitForURL(/versioni/);
    await faults();
  }
  await page.goto(project);
  await look(worker, "progetto-firmato");
  await follow("Avvia");
  await submit(page, "Avvia");
  await page.waitForURL(project);
  checkIncludes(await text(page), "In corso");
});

await step("it is looked at again", async () => {
  await page.locator("section", { hasText: "Verifiche" }).locator("li a").last().click();
  await page.fill("#testo", "Va meglio: si alza da solo tre giorni su cinque.");
  await choose(page, "esito_1", "in parte");
  await choose(page, "stato_1_1", "In corso");
  await look(worker, "progetto-verifica");
  await submit(page, "Registra la verifica");
  await page.waitForURL(project);
  checkIncludes(await text(page), "Raggiunto in parte");
});

await step("a next version says what it changes", async () => {
  await submit(page, "Prepara una versione nuova");
  await page.waitForURL(/versioni\/2$/);
  await follow("Titolo, bisogni e periodo");
  await page.fill("#bisogni", "Vive con la figlia.");
  await look(worker, "progetto-modifica");
  await submit(page, "Salva");
  await page.goto(`${project}/versioni/2`);
  await page.getByText("Che cosa cambia dalla versione precedente").click();
  check((await page.locator("del").count()) === 1, await text(page));
  await look(worker, "progetto-differenze");
  await page.goto("/progetti");
  await look(worker, "progetti");
});

check(worker.faults.length === 0, worker.faults.join("\n"));
await browser.close();
await server.stop();
finish();
