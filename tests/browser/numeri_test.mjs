// Fees and budget as the planning office and a social worker see them.
import { check, checkIncludes, finish, step } from "./tap.mjs";
import { enter as enterIn, text } from "./hands.mjs";
import { look, openBrowser } from "./look.mjs";
import { startServer } from "./server.mjs";

const server = await startServer(process.env.ZONALE, { people: 60 });
const browser = await openBrowser();

const enter = (user) => enterIn(browser, server, user);
const office = await enter("ufficiopiano");

await step("the plans in a list", async () => {
  await office.page.goto("/rette");
  checkIncludes(await text(office.page), "SAD");
  await look(office, "rette");
});

await step("a plan with its trial", async () => {
  const { page } = office;
  await page.goto("/rette?servizio=SAD");
  await page.click("main tbody a");
  await page.fill("#isee", "6.000,00");
  await page.fill("#giorno", "10/03/2025");
  await page.check("#festivo");
  await page.click("main button[name=calcola]");
  checkIncludes(await text(page), "2,73 €");
  checkIncludes(await text(page), "Giorno festivo: 2,60 + 5 % = 2,73 euro all’ora.");
  await look(office, "rette-piano");
});

await step("a gap is named beside its band, and nothing typed is lost", async () => {
  const { page } = office;
  await page.click("main a:has-text('Nuova versione')");
  await page.fill("#atto", "Delibera 4/2026");
  await page.fill("#dal", "01/01/2026");
  await page.fill("#da_3", "4.500,02");
  await page.click(".z-actions button[type=submit]");
  checkIncludes(await text(page), "vuoto fra le fasce 2 e 3");
  check((await page.inputValue("#da_3")) === "4.500,02", "what was typed in the row");
  check((await page.inputValue("#atto")) === "Delibera 4/2026", "what was typed above");
  check((await page.getAttribute("#da_3", "aria-invalid")) === "true", "the field is marked");
  await look(office, "rette-modulo");
});

await step("mended, it is checked and put in force", async () => {
  const { page } = office;
  await page.fill("#da_3", "4.500,01");
  await page.fill("#importo_3", "2,80");
  await page.click(".z-actions button[type=submit]");
  checkIncludes(await text(page), "verificato");
  await page.click("button:has-text('Metti in vigore')");
  checkIncludes(await text(page), "Il piano è in vigore.");
  const fee = await server.command("rette", "calcola", "--servizio", "SAD", "--variante", "feriale",
    "--isee", "6000", "--data", "2026-02-01");
  checkIncludes(fee.stdout, "2,80 euro all’ora");
});

await step("the budget of a year, items by sources, rules, an item", async () => {
  const { page } = office;
  await page.goto("/bilancio?anno=2025&al=01/01/2025");
  checkIncludes(await text(page), "6.449.352,19 €");
  await page.goto("/bilancio?anno=2025"); // and what the amendments of the year have made of it
  checkIncludes(await text(page), "6.453.352,19 €");
  await look(office, "bilancio");
  await page.click("text=Voci e fonti");
  await look(office, "bilancio-matrice");
  await page.goto("/bilancio/verifica?anno=2025");
  await look(office, "bilancio-verifica");
  await page.goto("/bilancio?anno=2025");
  await page.click("text=FONDO SAD - ANZIANI");
  checkIncludes(await text(page), "98.000,00 €");
  await look(office, "bilancio-voce");
});

await step("a file of the budget", async () => {
  const { page } = office;
  const answer = await page.request.get("/bilancio/esporta?anno=2025&formato=xlsx");
  check(answer.status() === 200, `status ${answer.status()}`);
  check((await answer.body()).subarray(0, 2).toString() === "PK", "a spreadsheet");
});

await step("an attestation, and what the person would pay", async () => {
  const worker = await enter("assistente");
  const { page } = worker;
  await page.goto("/persone");
  const people = await page.locator("main tbody a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  for (const person of people) { // the first whom this worker follows: of others the amounts are hidden
    await page.goto(`${person}/isee`);
    if ((await page.locator("#tipo").count()) > 0) break;
    checkIncludes(await text(page), "li vede solo chi la segue");
  }
  await look(worker, "rette-isee-vuoto");
  await page.selectOption("#tipo", "ordinario");
  await page.fill("#valore", "6.000,00");
  await page.fill("#protocollo", "INPS-ISEE-2026-00000001A-00");
  await page.fill("#sottoscritta", "20/01/2026");
  await page.click("button:has-text('Registra')");
  checkIncludes(await text(page), "L’attestazione è registrata.");
  await page.selectOption("#servizio", "SAD");
  await page.fill("#variante", "feriale");
  await page.fill("#giorno", "01/02/2026");
  await page.click("main button[name=calcola]");
  checkIncludes(await text(page), "2,80 €");
  checkIncludes(await text(page), "valido fino al 31/12/2026");
  await look(worker, "rette-isee");
});

await browser.close();
const { code } = await server.stop();
await step("the program ends in order", async () => check(code === 0, `exit ${code}`));
finish();
