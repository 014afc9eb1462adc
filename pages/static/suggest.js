// Behind /, @ and # in the composer: choices from the desk, which knows who may see what. The list is the field's own
// (combobox pattern): arrows move, Enter and Tab take, Escape closes.
import { post, put, say, word } from "./composer.js";

const form = document.getElementById("composer");
const area = form.querySelector("textarea");
const list = document.getElementById("composer-list");
let sign = "";
let start = 0;
let asked = 0;

area.setAttribute("aria-autocomplete", "list");
area.setAttribute("aria-controls", list.id);

function close() {
  list.hidden = true;
  asked++;
  area.removeAttribute("aria-activedescendant");
}

function choose(option) {
  for (const one of list.children) one.setAttribute("aria-selected", one === option);
  option.scrollIntoView({ block: "nearest" });
  area.setAttribute("aria-activedescendant", option.id);
}

async function open(kind, text) {
  const mine = ++asked;
  const query = new URLSearchParams({ for: kind, q: text, audience: new FormData(form).get("audience") ?? "" });
  try {
    const answer = await fetch(`/tickets/${form.dataset.ticket}/suggestions?${query}`);
    if (!answer.ok || mine !== asked) return;
    list.innerHTML = await answer.text();
  } catch {
    return close();
  }
  if (mine !== asked) return;
  if (!list.children.length) {
    if (text.length > 12) return close();
    const none = document.createElement("li");
    none.className = "m";
    none.textContent = word("empty");
    list.append(none);
  } else choose(list.firstElementChild);
  list.hidden = false;
}

async function take(option) {
  close();
  if (option.dataset.reply) {
    const end = area.selectionStart;
    try {
      put(await post(`/tickets/${form.dataset.ticket}/insertion`, { reply: option.dataset.reply }), start, end);
    } catch {
      say(word("failed"));
    }
  } else if (option.dataset.value) put(option.dataset.value + " ", start, area.selectionStart);
}

function look() {
  const before = area.value.slice(0, area.selectionStart);
  // A sign counts at the start of a word; / only at the start of a line or after a space, so that addresses stay.
  const found = before.match(/(^|[\s(])([/@#])([\p{L}\p{N}._@+-]{0,40})$/u);
  if (!found) return close();
  sign = found[2];
  start = before.length - found[3].length - 1;
  open(sign, found[3]);
}

let wait;
area.addEventListener("input", () => {
  clearTimeout(wait);
  wait = setTimeout(look, 120);
});
area.addEventListener("keydown", (event) => {
  if (list.hidden) return;
  const options = [...list.querySelectorAll("[role=option]")];
  const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") close();
  else if (!options.length) return;
  else if (event.key === "ArrowDown") choose(options[(now + 1) % options.length]);
  else if (event.key === "ArrowUp") choose(options[(now + options.length - 1) % options.length]);
  else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(options[Math.max(0, now)]);
  else return;
  event.preventDefault();
  event.stopPropagation();
});
area.addEventListener("blur", () => setTimeout(close, 150));
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) take(option);
});
form.querySelector("[data-replies]")?.addEventListener("click", () => {
  if (!list.hidden) return close();
  area.focus();
  start = area.selectionStart;
  open("/", "");
});
