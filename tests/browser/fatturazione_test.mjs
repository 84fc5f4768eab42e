// A month is billed, closed, and corrected, as the accounting office sees it.
import { check, checkIncludes, finish, step } from "./tap.mjs";
import { enter as enterIn, submit, text } from "./hands.mjs";
import { look, openBrowser } from "./look.mjs";
import { startServer } from "./server.mjs";

const server = await startServer(process.env.ZONALE, { people: 300 });
const browser = await openBrowser();
const enter = (user) => enterIn(browser, server, user);
const office = await enter("ragioneria");

// Jobs run beside the page: look again until this one has ended.
async function ended(page) {
  for (let i = 0; i < 40; i++) {
    const shown = await text(page);
    if (/Fatto|Non riuscito/.test(shown)) return shown;
    await page.waitForTimeout(250);
    await page.reload();
  }
  return text(page);
}

await step("the runs in a list", async () => {
  await office.page.goto("/fatturazione");
  checkIncludes(await text(office.page), "chiusa");
  await look(office, "fatturazione");
});

await step("a month is tried again and closed", async () => {
  const { page } = office;
  await page.goto("/fatturazione?stato=prova");
  await page.click("main tbody a");
  await look(office, "fatturazione-prova");
  const run = page.url();
  await submit(page, "Rifai la prova");
  checkIncludes(await ended(page), "utenti");
  await page.goto(run);
  await submit(page, "Chiudi la fatturazione");
  checkIncludes(await ended(page), "non cambia più");
  await page.goto(run);
  check((await page.locator("button:has-text('Rifai la prova')").count()) === 0, "a closed run is tried no more");
  await look(office, "fatturazione-chiusa");
});

await step("its lines, and one with its reasons", async () => {
  const { page } = office;
  await page.click("main a:has-text('Addebiti e anomalie')");
  await look(office, "fatturazione-addebiti");
  await page.click("main tbody a");
  checkIncludes(await text(page), "Retta del mese");
  await look(office, "fatturazione-addebito");
});

await step("nothing is different in a month just closed", async () => {
  const { page } = office;
  await page.goto("/fatturazione?stato=chiusa");
  await page.click("main tbody a");
  await page.click("main a:has-text('Che cosa è cambiato')");
  checkIncludes(await text(page), "Nessuna differenza");
  await look(office, "fatturazione-conguagli");
});

await step("a month to try, a calendar with a closure", async () => {
  const { page } = office;
  await page.goto("/fatturazione/nuova");
  await look(office, "fatturazione-nuova");
  const plan = await enter("ufficiopiano");
  await plan.page.goto("/fatturazione/calendari");
  await look(plan, "calendari");
  await plan.page.goto("/fatturazione/calendari/CSE");
  await plan.page.fill("#giorno", "14/08/2026");
  await plan.page.fill("#motivo", "Ferie");
  await submit(plan.page, "Aggiungi la chiusura");
  checkIncludes(await text(plan.page), "venerdì 14/08/2026");
  await look(plan, "calendario");
});

await step("the worker records an absence", async () => {
  const worker = await enter("coordinatore");
  await worker.page.goto("/prestazioni");
  if ((await worker.page.locator("main tbody a").count()) === 0) return;
  await worker.page.click("main tbody a");
  await worker.page.click("main a:has-text('Assenze e periodi')");
  await worker.page.fill("#dal", "01/01/2001");
  await submit(worker.page, "Registra l’assenza");
  checkIncludes(await text(worker.page), "il servizio quel giorno non c’è");
  await look(worker, "assenze");
});

await browser.close();
const { code } = await server.stop();
await step("the program ends in order", async () => check(code === 0, `exit ${code}`));
finish();
