// A draft is never lost: kept in this browser at each pause, by ticket and person, and on the desk so that another
// device finds it; brought back after a crash; and nothing is sent without a connection.
import { say, word } from "./composer.js";

const form = document.getElementById("composer");
const area = form.querySelector("textarea");
const who = document.body.dataset.person ?? "";
const key = `${form.dataset.key}-${who}`;
const store = {
  get: () => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  set: (value) => {
    try {
      value ? localStorage.setItem(key, JSON.stringify(value)) : localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing still writes.
    }
  },
};

// Sent: the page that follows says so by the address of what came of it.
if (/^#(comment|held)-/.test(location.hash)) store.set(null);
const kept = store.get();
if (kept?.body && !area.value) {
  area.value = kept.body;
  const paper = form.querySelector(`[name=audience][value="${CSS.escape(kept.audience ?? "")}"]`);
  if (paper) paper.checked = true;
  say(word("restored"));
}

let wait;
let last = area.value;
function keep() {
  const fields = new FormData(form);
  const body = area.value;
  if (body === last) return;
  last = body;
  store.set(body.trim() ? { body, audience: fields.get("audience") } : null);
  fields.delete("files");
  if (navigator.onLine)
    fetch(`/tickets/${form.dataset.ticket}/draft`, { method: "POST", body: new URLSearchParams(fields), keepalive: true, redirect: "manual" }).then(
      (answer) => answer.ok && body.trim() && say(word("saved")),
      () => {},
    );
}
form.addEventListener("input", () => {
  clearTimeout(wait);
  wait = setTimeout(keep, 2000);
});
// What is being sent is no draft any more; this browser keeps it until the next page says that it came.
form.addEventListener("submit", () => {
  clearTimeout(wait);
  last = area.value;
  store.set(last.trim() ? { body: last, audience: new FormData(form).get("audience") } : null);
});
addEventListener("pagehide", keep);

// Throwing the draft away on the desk throws it away here.
form.querySelector("[name=discard]")?.addEventListener("click", () => {
  last = area.value;
  store.set(null);
});
