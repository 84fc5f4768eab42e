// What the browser adds to pages that work without it: search while typing, drafts that save
// themselves, a question before what cannot be undone, keys, pages that follow a long job.
"use strict";

const csrf = document.body.dataset.csrf;
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

async function fetchPage(address) {
  const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// ---- menus that close themselves ---------------------------------------------------------------
document.addEventListener("click", (event) => {
  for (const menu of all("details[data-closes][open]"))
    if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of all("details[data-closes][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// ---- search while typing: the first links of the page that the form would open -------------------
function searchAsYouType(input) {
  const form = input.form;
  const found = document.createElement("ul");
  found.className = "z-found";
  found.hidden = true;
  form.append(found);
  let timer = 0;
  let asked = "";

  async function look() {
    const query = input.value.trim();
    if (query === asked) return;
    asked = query;
    if (query.length < 2) {
      found.hidden = true;
      return;
    }
    try {
      const address = new URL(form.action);
      address.searchParams.set("q", query);
      const page = await fetchPage(address);
      if (asked !== query) return;
      const links = all("[data-found] a[href]", page).slice(0, 8);
      found.replaceChildren(...links.map((link) => {
        const item = document.createElement("li");
        const copy = document.createElement("a");
        copy.href = link.getAttribute("href");
        copy.textContent = link.textContent;
        if (link.dataset.detail) {
          const detail = document.createElement("small");
          detail.textContent = link.dataset.detail;
          copy.append(detail);
        }
        item.append(copy);
        return item;
      }));
      found.hidden = links.length === 0;
    } catch {
      found.hidden = true;
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 180);
  });
  form.addEventListener("keydown", (event) => {
    const links = all("a", found);
    if (found.hidden || links.length === 0) return;
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown") links[Math.min(at + 1, links.length - 1)].focus();
    else if (event.key === "ArrowUp") (at > 0 ? links[at - 1] : input).focus();
    else if (event.key === "Escape") {
      found.hidden = true;
      input.focus();
    } else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) found.hidden = true;
  });
}
all("input[data-search]").forEach(searchAsYouType);

// ---- drafts ------------------------------------------------------------------------------------
function keepDraft(form) {
  const told = document.createElement("p");
  told.className = "z-saved";
  told.setAttribute("role", "status");
  form.append(told);
  let timer = 0;
  let saved = "";
  const words = () => {
    const data = new URLSearchParams(new FormData(form));
    data.delete("csrf");
    for (const secret of all("input[type=password]", form)) data.delete(secret.name);
    return data.toString();
  };
  saved = words();

  async function save() {
    const now = words();
    if (now === saved || form.dataset.sent) return; // what has been sent is no draft any more
    const body = new URLSearchParams({ csrf, percorso: form.dataset.draft, testo: now });
    try {
      const answer = await fetch("/bozza", { method: "POST", body, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      saved = now;
      const time = new Date().toLocaleTimeString("it-IT", { hour: "2-digit", minute: "2-digit" });
      told.textContent = `Bozza salvata alle ${time}.`;
    } catch {
      told.textContent = "Bozza non salvata: la connessione non risponde. Il testo resta qui.";
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 2000);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}
if (csrf) all("form[data-draft]").forEach(keepDraft);

// ---- a question before what cannot be undone -----------------------------------------------------
function ask(question, yes) {
  const dialog = document.createElement("dialog");
  dialog.className = "z-dialog";
  const text = document.createElement("p");
  text.id = "z-domanda";
  text.textContent = question;
  dialog.setAttribute("aria-labelledby", text.id);
  const actions = document.createElement("form");
  actions.method = "dialog";
  actions.className = "z-actions";
  for (const [value, label, style] of [["no", "Annulla", "btn-outline-primary"], ["yes", yes, "btn-danger"]]) {
    const button = document.createElement("button");
    button.value = value;
    button.textContent = label;
    button.className = `btn ${style}`;
    actions.append(button);
  }
  dialog.append(text, actions);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
  });
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-confirm]");
  if (!button || button.dataset.confirmed) return;
  event.preventDefault();
  if (await ask(button.dataset.confirm, button.textContent.trim())) {
    button.dataset.confirmed = "1";
    button.click();
  }
});

// ---- no form twice: the button rests while the answer is on its way; what gives a file may be asked
// for again at once -----------------------------------------------------------------------------------
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || "file" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 5000);
});

// ---- what changes by itself (a running job): the same page again, this part of it -----------------
function follow(part) {
  const seconds = Math.max(1, Number(part.dataset.follow) || 2);
  setTimeout(async () => {
    try {
      const next = (await fetchPage(location.href)).getElementById(part.id);
      if (!next) return;
      part.replaceWith(next);
      if (next.dataset.follow) follow(next);
    } catch {
      follow(part);
    }
  }, seconds * 1000);
}
all("[data-follow][id]").forEach(follow);

// ---- keys --------------------------------------------------------------------------------------
// "/" searches, "?" explains. A key alone can be in somebody's way (WCAG 2.1.4): the user menu turns
// them off. Control and Enter send what is being written.
const keysOff = () => localStorage.getItem("tasti") === "no";
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing?.matches("textarea")) {
    event.preventDefault();
    typing.form?.requestSubmit();
    return;
  }
  if (typing || event.ctrlKey || event.altKey || event.metaKey || keysOff()) return;
  if (event.key === "?") {
    const help = document.querySelector(".z-user-menu a[href='/aiuto']");
    if (help) location.assign(help.href);
  }
  const search = document.querySelector("input[data-search]");
  if (event.key !== "/" || !search) return;
  event.preventDefault();
  search.focus();
  search.select();
});
for (const menu of all(".z-user-menu")) {
  const button = document.createElement("button");
  button.type = "button";
  const say = () => {
    button.textContent = keysOff() ? "Attiva i tasti / e ?" : "Disattiva i tasti / e ?";
  };
  button.addEventListener("click", () => {
    localStorage.setItem("tasti", keysOff() ? "sì" : "no");
    say();
  });
  say();
  menu.append(button);
}

// ---- a sheet of inputs: arrows and Enter go from one to the next, a block of cells can be pasted ----
function sheet(table) {
  const rows = all("tbody tr", table).map((row) => all("td", row).map((cell) => cell.querySelector("input")));
  const place = (input) => {
    for (let row = 0; row < rows.length; row++) {
      const column = rows[row].indexOf(input);
      if (column >= 0) return [row, column];
    }
    return null;
  };
  function go(input, down, right) {
    const at = place(input);
    if (!at) return false;
    let [row, column] = at;
    do {
      row += down;
      column += right;
      if (!rows[row] || column < 0 || column >= rows[row].length) return false;
    } while (!rows[row][column]);
    rows[row][column].focus();
    rows[row][column].select();
    return true;
  }
  table.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches?.("input[type=text]") || event.ctrlKey || event.altKey || event.metaKey) return;
    const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0] };
    if (whole || input.selectionStart === 0) steps.ArrowLeft = [0, -1];
    if (whole || input.selectionEnd === input.value.length) steps.ArrowRight = [0, 1];
    const step = steps[event.key];
    if (!step || (event.shiftKey && event.key !== "Enter")) return;
    event.preventDefault();
    go(input, ...step);
  });
  table.addEventListener("focusin", (event) => event.target.select?.());
  table.addEventListener("paste", (event) => {
    const at = place(event.target);
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!at || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    text.split("\n").forEach((line, down) => line.split("\t").forEach((value, right) => {
      const input = rows[at[0] + down]?.[at[1] + right];
      if (input) input.value = value.trim();
    }));
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
all("table[data-sheet]").forEach(sheet);

// ---- filters that are not in use stay folded where the screen is narrow ----------------------------
if (matchMedia("(max-width: 48rem)").matches)
  for (const box of all("details[data-folds]")) box.open = false;

// ---- a faulty form: the list of faults is read first -----------------------------------------------
document.querySelector("[data-focus]")?.focus();
