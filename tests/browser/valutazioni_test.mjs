// Assessments: filled in with the keyboard alone, left half done, compared; a form written by an office.
import { check, checkIncludes, finish, step } from "./tap.mjs";
import { look, openBrowser } from "./look.mjs";
import { enter, submit, text } from "./hands.mjs";
import { startServer } from "./server.mjs";

const server = await startServer(process.env.ZONALE, { people: 60 });
const browser = await openBrowser();
const worker = await enter(browser, server, "assistente");
const { page } = worker;
let record;

// By the keyboard: Space takes the first choice, the arrows go on.
async function answer(item, choice) {
  await page.locator(`[name=v${item}]:checked`).focus();
  await page.locator(`#v${item}-1`).focus();
  await page.keyboard.press("Space");
  for (let i = 1; i < choice; i++) await page.keyboard.press("ArrowDown");
}

async function assess(form, day, choices) {
  await page.goto(`${record}/valutazioni`);
  await page.click(`main a:has-text("${form}") >> nth=0`);
  await page.fill("#giorno", day);
  for (const [item, choice] of choices.entries()) if (choice) await answer(item + 1, choice);
}

await step("a form is filled in with the keyboard", async () => {
  await page.goto("/agenda");
  await page.click("main h2:has-text('I miei casi') ~ table tbody a >> nth=0");
  await page.click("main a:has-text('Valutazioni')");
  record = page.url().replace(/\/valutazioni$/, "");
  await look(worker, "valutazioni-vuota");
  await assess("ADL", "10/01/2026", [1, 1, 1, 1, 2, 1]);
  await look(worker, "valutazioni-adl");
  await submit(page, "Salva la valutazione");
  await page.waitForURL(/valutazioni\/[0-9a-z]{13}$/);
  checkIncludes(await text(page), "Autonomia");
  await look(worker, "valutazioni-esito");
});

await step("what is half done is found again", async () => {
  await assess("ADL", "10/06/2026", [2, 2, 1]);
  await page.locator(".z-saved:has-text('Bozza salvata')").waitFor();
  await page.goto("/agenda");
  await page.goto(`${record}/valutazioni`);
  await page.click("main a:has-text('ADL') >> nth=0");
  check(await page.isChecked("#v1-2"), "the first answer is there");
  check(await page.isChecked("#v6-0"), "the last is still open");
  for (const item of [4, 5]) await answer(item, 1);
  await submit(page, "Salva la valutazione");
  await page.waitForURL(/valutazioni\/[0-9a-z]{13}$/);
  checkIncludes(await text(page), "incompleto: manca una risposta");
  await page.click("main a:has-text('Completa o correggi')");
  await answer(6, 1);
  await submit(page, "Salva la valutazione");
  await page.waitForURL(/valutazioni\/[0-9a-z]{13}$/);
  checkIncludes(await text(page), "Tutte le versioni");
});

await step("over time", async () => {
  await assess("Scheda sociale", "10/06/2026", [2, 3, 4, 1, 1, 2, 6, 6, 6, 3, 1, 6, 6]);
  await page.fill("#v14", "2");
  await page.fill("#v15", "Sa cucinare.\nVuole restare a casa.");
  await look(worker, "valutazioni-sociale");
  await submit(page, "Salva la valutazione");
  await page.waitForURL(/valutazioni\/[0-9a-z]{13}$/);
  await look(worker, "valutazioni-sociale-esito");
  await page.click("main a:has-text('Confronta nel tempo')");
  checkIncludes(await text(page), "cambiata");
  checkIncludes(await text(page), "4 (Dipendenza moderata)");
  await look(worker, "valutazioni-confronto");
  await page.goto("/valutazioni");
  await look(worker, "valutazioni-elenco");
});

await step("an office writes a form", async () => {
  const { page: admin, ...rest } = await enter(browser, server, "amministratore");
  const window = { page: admin, ...rest };
  await admin.goto("/schede");
  await look(window, "schede");
  await admin.click("main a:has-text('IADL')");
  await look(window, "schede-iadl");
  await admin.goto("/schede/nuova");
  const good = await admin.inputValue("#testo");
  await admin.fill("#testo", good.replace("scelta\t1\tSì", "scelta\tuno\tSì"));
  await submit(admin, "Controlla e salva");
  checkIncludes(await text(admin), "«uno» non è un numero");
  await look(window, "schede-guasti");
  await admin.fill("#testo", good);
  await submit(admin, "Controlla e salva");
  await admin.waitForURL(/schede\/prova$/);
  await page.goto(`${record}/valutazioni`);
  checkIncludes(await text(page), "Scheda di prova");
});

await browser.close();
await server.stop();
finish();
