// Apportionments and instalments as the planning office and the accountant see them.
import { check, checkIncludes, finish, step } from "./tap.mjs";
import { look, openBrowser, openWindow } from "./look.mjs";
import { startServer } from "./server.mjs";

const PASSWORD = "Serio-Presolana-2026";
const server = await startServer(process.env.ZONALE, { people: 20 });
const browser = await openBrowser();

async function enter(name) {
  const window = await openWindow(browser, server.address);
  const { page } = window;
  await page.goto("/entra");
  await page.fill("[name=nome]", name);
  await page.fill("[name=password]", server.password);
  await page.click("main button[type=submit]");
  await page.fill("[name=attuale]", server.password);
  await page.fill("[name=nuova]", PASSWORD);
  await page.fill("[name=ripeti]", PASSWORD);
  await page.click("main form[action='/password'] button[type=submit]");
  await page.waitForURL((url) => url.pathname !== "/password");
  return window;
}

const text = (page) => page.locator("main").innerText();
const office = await enter("ufficiopiano");
const { page } = office;

await step("each cell explains itself", async () => {
  await page.goto("/riparti");
  await look(office, "riparti");
  await page.click("main tbody a:has-text('Costi 2025 per comune e area')");
  await page.click("main .z-sheet tbody td a >> nth=1");
  checkIncludes(await text(page), "49.634,014463… €");
  checkIncludes(await text(page), "così che righe e colonne tornino");
  await look(office, "riparti-cella");
});

await step("from a model to a draft, with its faults by line", async () => {
  await page.goto("/riparti/nuovo?modello=fondo_sociale");
  const good = await page.inputValue("#testo");
  await page.fill("#testo", good.replace("quota\t34,20", "quota\t-34,20"));
  await page.click("main form#prospetto button[type=submit]");
  checkIncludes(await text(page), "Che cosa non va");
  await look(office, "riparti-guasti");
  check((await page.inputValue("#testo")).includes("quota\t-34,20"), "what was typed is still there");
  await page.fill("#testo", good.replace("quota\t34,20", "quota\t36,00"));
  await page.click("main form#prospetto button[type=submit]");
  checkIncludes(await text(page), "1.505.304,00 €");
});

await step("another year beside it", async () => {
  await page.goto("/riparti");
  await page.click("main tbody a:has-text('Fondo sociale d’ambito 2025') >> nth=0");
  await page.click("main a:has-text('Confronta') >> nth=0");
  await look(office, "riparti-confronto");
});

await step("the ledger: late, entered, reversed", async () => {
  await page.goto("/riparti/scadenzario");
  checkIncludes(await text(page), "14.303,11 €");
  await look(office, "scadenzario");
  await page.click("main tbody a:has-text('Gandellino')");
  await page.fill("#importo", "940,19");
  await page.fill("#riferimento", "reversale 900");
  await page.click("main form button:has-text('Registra')");
  checkIncludes(await text(page), "4.000,00 €");
  await look(office, "conto");
  await page.click("main a[href^='/riparti/movimenti/'] >> nth=0");
  await page.fill("#motivo", "era di Gromo");
  await page.click("main form button:has-text('Storna')");
  checkIncludes(await text(page), "Stornata da");
  await look(office, "movimento");
  await page.goto("/riparti/solleciti");
  checkIncludes(await text(page), "14.303,11 €");
  await look(office, "solleciti");
});

await step("the auditor reads and does not write", async () => {
  const auditor = await enter("revisore");
  await auditor.page.goto("/riparti/scadenzario");
  await auditor.page.click("main tbody a:has-text('Gandellino')");
  check((await auditor.page.locator("main form").count()) === 0, "no form to enter with");
  check((await auditor.page.goto("/riparti/nuovo")).status() === 404, "nor to write");
});

await browser.close();
const { code } = await server.stop();
check(code === 0, "the server ended well");
finish();
