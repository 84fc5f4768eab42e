// The month of many people, as an operator of a provider fills it: by keys, by pasting, and with no
// script at all.
import fs from "node:fs/promises";
import { check, checkIncludes, finish, step } from "./tap.mjs";
import { enter as enterIn, submit, text } from "./hands.mjs";
import { look, openBrowser } from "./look.mjs";
import { startServer } from "./server.mjs";

const server = await startServer(process.env.ZONALE, { people: 400 });
const browser = await openBrowser();
const provider = await enterIn(browser, server, "erogatore");
const { page } = provider;
const focused = () => page.evaluate(() => document.activeElement.name ?? "");
let month = "";

await step("the sheet of the month before", async () => {
  await page.goto("/erogazioni");
  await page.click("a:has-text('Mese prima')");
  await page.waitForSelector("table[data-sheet]");
  month = page.url();
  check((await page.locator("table[data-sheet] tbody tr").count()) > 1, "rows");
  await look(provider, "foglio");
});

await step("arrows and Enter go from cell to cell", async () => {
  const first = page.locator("table[data-sheet] input[type=text]").first();
  await first.focus();
  const from = await focused();
  const [, row, day] = from.match(/^q(\d+)_(\d+)$/).map(Number);
  await page.keyboard.type("2");
  await page.keyboard.press("ArrowRight");
  check((await focused()) === `q${row}_${day + 1}`, `right of ${from}: ${await focused()}`);
  await page.keyboard.type("1,5");
  await page.keyboard.press("ArrowLeft");
  check((await focused()) === `q${row}_${day + 1}`, "inside what is typed the arrow moves the caret");
  await page.keyboard.press("Enter");
  check((await focused()).startsWith("q") && (await focused()) !== `q${row}_${day + 1}`, "Enter goes down");
  await page.keyboard.press("ArrowUp");
  check((await focused()).startsWith("q"), "up again");
});

await step("a block of a spreadsheet is pasted", async () => {
  const input = page.locator("table[data-sheet] input[type=text]").first();
  await input.focus();
  const name = await focused();
  const [, row, day] = name.match(/^q(\d+)_(\d+)$/).map(Number);
  await input.evaluate((element) => {
    const data = new DataTransfer();
    data.setData("text/plain", "2\t1,5\t\t3:15\r\n");
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  check((await page.inputValue(`[name=q${row}_${day + 3}]`)) === "3:15", "the fourth cell");
  check((await page.inputValue(`[name=q${row}_${day + 2}]`)) === "", "the blank one");
  await submit(page, "Salva le ore");
  await page.waitForSelector("table[data-sheet]");
  checkIncludes(await page.locator("body").innerText(), "Salvato");
  check((await page.inputValue(`[name=q${row}_${day + 1}]`)) === "1:30", "kept");
});

await step("a bad cell is named with its person; what was typed stays", async () => {
  const input = page.locator("table[data-sheet] input[type=text]").first();
  await input.fill("tante");
  await submit(page, "Salva le ore");
  await page.waitForSelector(".z-faults");
  checkIncludes(await text(page), "«tante» non sono ore");
  check((await page.locator("[aria-invalid=true]").inputValue()) === "tante", "the field is marked");
  await look(provider, "foglio-errore");
  await input.fill("1"); // nothing is left as a draft
  await submit(page, "Salva le ore");
  await page.waitForSelector("text=Salvato");
});

await step("the sheet is taken away, changed and imported, tried first", async () => {
  await page.goto(month);
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("a:has-text('Scarica il foglio')")]);
  const lines = (await fs.readFile(await file.path(), "utf8")).split("\r\n");
  const cells = lines[1].split(";");
  cells[4] = "7:45";
  lines[1] = cells.join(";");
  lines.splice(2, 0, "Nessuno;;");
  await page.goto(`${month}/importa`);
  await look(provider, "importa-ore");
  await page.setInputFiles("#file", { name: "ore.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\r\n")) });
  await submit(page, "Prova");
  await page.waitForSelector("[role=status]");
  checkIncludes(await text(page), "niente è stato ancora scritto");
  checkIncludes(await text(page), "non è un codice di prestazione");
  await look(provider, "importa-ore-prova");
  await submit(page, "Registra le righe buone");
  await page.waitForSelector(".alert-warning");
  checkIncludes(await text(page), "servizi cambiati: 1");
  await page.goto(month);
  check((await page.inputValue("[name=q1_2]")) === "7:45", `kept: ${await page.inputValue("[name=q1_2]")}`);
});

await step("without scripts it is a form like any other", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: server.address,
    storageState: await provider.context.storageState() });
  const other = await plain.newPage();
  await other.goto(month);
  await other.locator("table[data-sheet] input[type=text]").first().fill("4");
  await submit(other, "Salva le ore");
  await other.waitForSelector("table[data-sheet]");
  checkIncludes(await other.locator("body").innerText(), "Salvato");
  await plain.close();
});

check(provider.faults.length === 0, provider.faults.join("\n"));
await browser.close();
await server.stop();
finish();
