// Single keys, off in fields (WCAG 2.1.4). An element names its key in aria-keyshortcuts, so what is not on the page
// has no key. In lists: J and K move a cursor that is the focus itself, so Enter opens the ticket.
const typing = (target) => target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");

function move(step) {
  const links = [...document.querySelectorAll(".tickets .subj")];
  if (!links.length) return false;
  const now = links.indexOf(document.activeElement);
  const next = now < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, now + step));
  links[next].focus();
  links[next].closest("tr").scrollIntoView({ block: "nearest" });
  return true;
}

function press(key) {
  for (const element of document.querySelectorAll("[aria-keyshortcuts]")) {
    if (!element.getAttribute("aria-keyshortcuts").split(" ").includes(key)) continue;
    const radio = element.querySelector("input[type=radio]");
    if (radio) {
      radio.checked = true;
      radio.form.querySelector("textarea")?.focus();
    } else element.click();
    return true;
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    const form = event.target.closest?.("form.composer");
    const send = form && [...form.querySelectorAll("button[type=submit]")].find((button) => button.offsetParent);
    if (send) {
      event.preventDefault();
      form.requestSubmit(send);
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.shiftKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  const done = key === "j" ? move(1) : key === "k" ? move(-1) : key.length === 1 && press(key);
  if (done) event.preventDefault();
});
