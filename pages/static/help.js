// The help of keys says what this page really offers: it is read from the page when it opens.
import { keyOf } from "./keys.js";

const dialog = document.getElementById("keys");
const names = { control: "Ctrl", meta: "⌘", shift: "⇧", enter: "↵", escape: "Esc", space: "␣" };

function caps(combination) {
  return combination.split("+").map((part) => {
    const cap = document.createElement("kbd");
    cap.textContent = names[part.toLowerCase()] ?? part.toUpperCase();
    return cap;
  });
}

function line(text, keys) {
  const row = document.createElement("div");
  row.className = "row kr";
  const name = document.createElement("span");
  name.className = "grow";
  name.textContent = text;
  row.append(name, ...keys);
  return row;
}

function said(element) {
  const label = element.getAttribute("aria-label");
  if (label) return label;
  const copy = element.cloneNode(true);
  for (const extra of copy.querySelectorAll("kbd, small, .vh")) extra.remove();
  return copy.textContent.trim() || element.labels?.[0]?.textContent.trim() || element.title;
}

function fill() {
  for (const part of dialog.querySelectorAll("[data-keys-of]")) {
    for (const old of part.querySelectorAll(".kr[data-found]")) old.remove();
    const known = new Set();
    const found = part.dataset.keysOf === "go" ? document.querySelectorAll("[data-go]") : document.querySelectorAll("[aria-keyshortcuts]");
    for (const element of found) {
      const isEverywhere = Boolean(element.closest("#side, .p-top, [data-everywhere]"));
      if (part.dataset.keysOf === "page" && isEverywhere) continue;
      if (part.dataset.keysOf === "everywhere" && !isEverywhere) continue;
      const keys = part.dataset.keysOf === "go" ? [keyOf("g"), element.dataset.go].flatMap(caps) : caps(element.getAttribute("aria-keyshortcuts").split(" ")[0]);
      const text = said(element);
      if (!text || known.has(text)) continue;
      known.add(text);
      const row = line(text, keys);
      row.dataset.found = "";
      part.append(row);
    }
    // Keys that stand on no element of their own: the lines below a list print them.
    if (part.dataset.keysOf === "page") {
      for (const printed of document.querySelectorAll("[data-keys-line]")) {
        const row = line(said(printed), [...printed.querySelectorAll("kbd")].map((cap) => cap.cloneNode(true)));
        row.dataset.found = "";
        part.append(row);
      }
    }
    part.hidden = !part.querySelector(".kr");
  }
}
if (dialog) new MutationObserver(() => dialog.open && fill()).observe(dialog, { attributeFilter: ["open"] });
