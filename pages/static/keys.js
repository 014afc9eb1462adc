// Keys, read from the page itself: an element names its own in aria-keyshortcuts, so what is not on the page has no
// key, and nothing is to be installed again after a change. One listener. Single keys are off in fields, and off
// altogether for whoever chose so (WCAG 2.1.4: data-keys="off"). In lists: J and K move a cursor that is the focus
// itself, so Enter opens the ticket. G, then a letter, goes to a section ([data-go]). Elements bear the keys their
// reader chose; of those that stand on no element the page tells by data-keymap.
const map = new Map((document.documentElement.dataset.keymap ?? "").split(" ").map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
export const keyOf = (own) => map.get(own) ?? own;
// What was pressed, as aria-keyshortcuts writes it, in small letters.
export function pressed(event) {
  const key = event.key.toLowerCase();
  if (key === " ") return "space";
  return event.shiftKey && key !== key.toUpperCase() ? `shift+${key}` : key;
}
const isKey = (event, own) => pressed(event) === keyOf(own).toLowerCase();

const typing = (target) => target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
const off = () => document.documentElement.dataset.keys === "off" || document.body.dataset.keys === "off";
const shown = (element) => element.offsetParent || element.closest("label")?.offsetParent;

function move(step) {
  const links = [...document.querySelectorAll("[data-list] .subj, .tickets .subj")];
  if (!links.length) return false;
  const now = links.indexOf(document.activeElement);
  const next = now < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, now + step));
  links[next].focus();
  links[next].closest("[data-row], tr").scrollIntoView({ block: "nearest" });
  return true;
}

function press(combination) {
  const holders = [...document.querySelectorAll("[aria-keyshortcuts]")].filter((element) =>
    element.getAttribute("aria-keyshortcuts").toLowerCase().split(" ").includes(combination),
  );
  const element = holders.find(shown) ?? holders[0];
  if (!element || element.disabled) return false;
  const radio = element.querySelector("input[type=radio]");
  if (radio) {
    radio.checked = true;
    radio.form.querySelector("textarea")?.focus();
  } else if (element.matches("input, textarea, select")) element.focus();
  else if (element.matches("summary")) unfold(element);
  else element.click();
  return true;
}

// What folds open is opened at its first field, which the next key then types into.
function unfold(summary) {
  summary.click();
  const { parentElement: details } = summary;
  if (details.open) details.querySelector(":is(input, textarea, select):not([type=hidden])")?.focus();
  else summary.focus();
}

let going = 0;
function go(event) {
  const link = Date.now() < going && document.querySelector(`[data-go="${CSS.escape(event.key.toLowerCase())}"]`);
  const isFirst = isKey(event, "g");
  going = isFirst ? Date.now() + 1500 : 0;
  if (link) link.click();
  return Boolean(link) || isFirst;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const modified = event.ctrlKey || event.metaKey;
  if (modified && event.key === "Enter") {
    const form = event.target.closest?.("form.composer");
    const send = form && [...form.querySelectorAll("button[type=submit]:not([formaction])")].find((button) => button.offsetParent);
    if (send) {
      event.preventDefault();
      form.requestSubmit(send);
    }
    return;
  }
  if (modified || off() || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key.length > 1) return;
  const done = go(event) || press(pressed(event)) || (isKey(event, "j") ? move(1) : isKey(event, "k") && move(-1));
  if (done) event.preventDefault();
});
