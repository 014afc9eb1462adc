// Suggestions while somebody types a person (data-people; "many" for several between commas): whom the desk knows and
// the reader may find. The combobox pattern: arrows move, Enter takes what was moved to, Escape closes; whoever types
// an address and presses Enter sends the form as without script.
import { bars, soon } from "./waiting.js";

let count = 0;

export function attach(field) {
  if (field.hasAttribute("role")) return;
  const list = document.createElement("ul");
  list.className = "c-pick people-l";
  list.id = `people-l-${++count}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels?.[0]?.textContent.trim() ?? field.name);
  const status = document.createElement("span");
  status.className = "vh";
  status.setAttribute("role", "status");
  field.after(list, status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) field.setAttribute(name, value);

  let asked, wait;
  const isMany = field.dataset.people === "many";
  const options = () => [...list.querySelectorAll("[role=option]")];
  const begin = () => (isMany ? Math.max(field.value.lastIndexOf(","), field.value.lastIndexOf(";")) + 1 : 0);

  function open(shown) {
    list.hidden = !shown;
    list.style.insetBlockStart = `${field.offsetTop + field.offsetHeight + 2}px`;
    field.setAttribute("aria-expanded", String(shown && options().length > 0));
    if (shown) return;
    clearTimeout(wait);
    asked?.abort();
    field.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  }

  function take(option) {
    const before = field.value.slice(0, begin());
    field.value = `${before}${before ? " " : ""}${option.dataset.value}${isMany ? ", " : ""}`;
    open(false);
    status.textContent = "";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function ask() {
    const text = field.value.slice(begin()).trim();
    asked?.abort();
    if (text.length < 2) return open(false);
    const mine = (asked = new AbortController());
    const show = soon(() => {
      list.replaceChildren(...bars(3, "li"));
      list.setAttribute("aria-busy", "true");
      open(true);
    });
    mine.signal.addEventListener("abort", show);
    try {
      const answer = await fetch(`/people/suggestions?${new URLSearchParams({ q: text })}`, { signal: mine.signal, headers: { accept: "text/html" } });
      if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine.signal.aborted) return;
      list.replaceChildren(...page.querySelectorAll("[role=option]"));
      options().forEach((option, n) => (option.id = `${list.id}-${n}`));
      field.removeAttribute("aria-activedescendant");
      status.textContent = page.querySelector("[data-said]")?.textContent ?? "";
      open(options().length > 0);
    } catch (error) {
      // Without an answer the field works as it does without script.
      if (error.name !== "AbortError") open(false);
    }
    show();
    if (mine === asked) list.removeAttribute("aria-busy");
  }

  field.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(ask, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = options();
    const now = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" && list.hidden) ask();
    else if (list.hidden) return;
    else if (event.key === "Escape") open(false);
    else if (event.key === "ArrowDown" && all.length) choose(all[(now + 1) % all.length]);
    else if (event.key === "ArrowUp" && all.length) choose(all[(Math.max(now, 0) + all.length - 1) % all.length]);
    else if (event.key === "Enter" && now >= 0) take(all[now]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", () => setTimeout(() => open(false), 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  // Whoever was quicker than this module has typed already.
  if (field.value !== field.defaultValue) wait = setTimeout(ask, 120);
}
