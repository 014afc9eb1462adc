// The list of tickets made quick: panels open as dialogs, Space looks at a ticket, X ticks it, Shift with X or a click
// ticks a range. Everything is a link, a form or a box of the page; without this file they are pages and clicks.
import { keyOf, pressed } from "./keys.js";
import { bars, soon } from "./waiting.js";

const typing = (target) => target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
const boxes = () => [...document.querySelectorAll('.ck[name="ticket"]')];

// A link to a panel fetches its page and shows the panel part in one dialog.
let dialog;
let asked;
function put(...parts) {
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "dlg panel";
    document.body.append(dialog);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    // Whoever closes it while it waits wants it no more.
    dialog.addEventListener("close", () => asked?.abort());
  }
  dialog.replaceChildren(...parts);
  if (!dialog.open) dialog.showModal();
}

async function open(link) {
  asked?.abort();
  const mine = (asked = new AbortController());
  const waited = soon(() => {
    const wait = document.createElement("div");
    wait.className = "dlg-b stack";
    wait.append(...bars(5));
    put(wait);
    dialog.setAttribute("aria-busy", "true");
    dialog.removeAttribute("aria-labelledby");
    dialog.setAttribute("aria-label", link.textContent?.trim() || document.title);
  });
  mine.signal.addEventListener("abort", waited);
  let text;
  try {
    text = await (await fetch(link.href, { signal: mine.signal, headers: { accept: "text/html" } })).text();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(link.href);
    return;
  } finally {
    waited();
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const body = page.querySelector("[data-panel-body]");
  // Signed out meanwhile, or refused: the page itself says it best.
  if (!body) return location.assign(link.href);
  put(body);
  dialog.removeAttribute("aria-busy");
  dialog.removeAttribute("aria-label");
  const heading = body.querySelector("h1");
  if (heading) {
    heading.id = "panel-title";
    dialog.setAttribute("aria-labelledby", "panel-title");
  }
}

document.addEventListener("click", (event) => {
  const closer = event.target.closest("dialog.panel [data-close]");
  if (closer) {
    event.preventDefault();
    return dialog.close();
  }
  const link = event.target.closest("a[data-panel]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    open(link);
  }
});

// Ticking: the last box ticked is where a range begins.
let last;
function tick(box, range) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)];
  if (range && from >= 0) {
    const [start, end] = from < to ? [from, to] : [to, from];
    for (const one of all.slice(start, end + 1)) one.checked = true;
  }
  last = box;
  settleTicks();
}

export function settleTicks() {
  const every = document.querySelector("[data-tick-all]");
  if (!every) return;
  every.hidden = false;
  const all = boxes();
  const ticked = all.filter((box) => box.checked).length;
  every.checked = ticked > 0 && ticked === all.length;
  every.indeterminate = ticked > 0 && ticked < all.length;
}

document.addEventListener("click", (event) => {
  if (event.target.matches?.('.ck[name="ticket"]')) tick(event.target, event.shiftKey);
});
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-tick-all]")) return;
  for (const box of boxes()) box.checked = event.target.checked;
  settleTicks();
});
document.addEventListener("reset", () => setTimeout(settleTicks));
settleTicks();
// The history button brings boxes back as they were left.
addEventListener("pageshow", settleTicks);

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || document.querySelector("dialog[open]") || document.documentElement.dataset.keys === "off") return;
  const row = document.activeElement?.closest?.("[data-row]");
  const box = row?.querySelector('.ck[name="ticket"]');
  const [key, select] = [pressed(event), keyOf("x").toLowerCase()];
  const isRange = key === `shift+${select}`;
  if ((key === select || isRange) && box) {
    box.checked = isRange || !box.checked;
    tick(box, isRange);
  } else if (key === keyOf("space").toLowerCase() && row && document.activeElement.matches(".subj")) {
    const at = new URL(document.activeElement.href);
    at.pathname += "/peek";
    open(at);
  } else if (key === "escape" && boxes().some((one) => one.checked)) {
    document.getElementById("bulk").reset();
  } else {
    // The bar's keys act on what is ticked; they go before those of the page.
    const bar = document.getElementById("bulk");
    const button = bar?.offsetParent && [...bar.querySelectorAll("[data-key]")].find((one) => one.dataset.key.toLowerCase() === key);
    if (!button) return;
    button.click();
  }
  event.preventDefault();
});

// What was done can be taken back for eight seconds.
const toast = document.querySelector("[data-toast]");
if (toast) setTimeout(() => toast.matches(":hover, :focus-within") || toast.remove(), 8000);
