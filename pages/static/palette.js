// The command palette: Ctrl or Cmd K anywhere, or the field of the sidebar, which without script leads to /search.
// The server says what may be done and found (/palette); this opens, asks while one types, and moves the choice.
import { bars, soon } from "./waiting.js";

const dialog = document.querySelector("dialog.palette");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
const status = dialog?.querySelector("[role=status]");
let asked, timer;

const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
const chosen = () => list.querySelector("[aria-selected=true]");

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const said = page.querySelector("[data-said]");
  said?.remove();
  list.replaceChildren(...page.body.childNodes);
  // What this page has no form or dialog for is not done here.
  for (const option of list.querySelectorAll("[data-form]")) if (!document.getElementById(option.dataset.form)) option.remove();
  options().forEach((option, n) => (option.id = `pal-${n}`));
  input.setAttribute("aria-expanded", String(options().length > 0));
  choose(options()[0]);
  status.textContent = said?.textContent ?? "";
}

async function ask() {
  asked?.abort();
  asked = new AbortController();
  const mine = asked;
  dialog.setAttribute("aria-busy", "true");
  const waited = soon(() => {
    list.replaceChildren(...bars(4));
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  });
  mine.signal.addEventListener("abort", waited);
  try {
    const query = new URLSearchParams({ q: input.value, at: location.pathname });
    const answer = await fetch(`/palette?${query}`, { signal: mine.signal, headers: { accept: "text/html" } });
    if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    waited();
    show(html);
  } catch (error) {
    waited();
    if (error.name === "AbortError") return;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    status.textContent = dialog.dataset.failed;
    const line = document.createElement("div");
    line.className = "m";
    line.setAttribute("role", "option");
    line.setAttribute("aria-disabled", "true");
    line.textContent = dialog.dataset.failed;
    list.append(line);
  }
  dialog.removeAttribute("aria-busy");
}

function open() {
  if (document.querySelector("dialog[open]")) return;
  document.querySelector("[popover]:popover-open")?.hidePopover();
  input.value = "";
  dialog.showModal();
  input.focus();
  ask();
}

function run(option, event) {
  const form = option.dataset.form && document.getElementById(option.dataset.form);
  const asks = option.dataset.opens && document.getElementById(option.dataset.opens);
  if (!form && !asks) {
    if (!event || event.type !== "click") option.click();
    return;
  }
  event?.preventDefault();
  dialog.close();
  if (form) form.requestSubmit();
  else asks.showModal();
}

if (dialog?.showModal) {
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 90);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = options();
    const now = all.indexOf(chosen());
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, PageDown: now + 8, PageUp: now - 8 }[event.key];
    if (to !== undefined && all.length) {
      event.preventDefault();
      const single = event.key.startsWith("Arrow");
      choose(all[single ? (to + all.length) % all.length : Math.min(all.length - 1, Math.max(0, to))]);
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      run(chosen());
    }
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]:not([aria-disabled])");
    if (option && !event.ctrlKey && !event.metaKey) run(option, event);
  });
  // A click beside the palette closes it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0 || !event.target.closest?.("[data-palette]")) return;
    event.preventDefault();
    const field = document.querySelector("[data-search]");
    if (!field) return open();
    field.focus();
    field.select();
  });
}
