// What is typed in a form and not sent yet is kept on the desk at each pause, and in this browser while the desk cannot
// be reached: another device finds it, and neither a crash nor the end of a session loses it.
const isPortal = location.pathname.startsWith("/portal");
const address = isPortal ? "/portal/unsent" : "/tickets/unsent";
const ours = `vigie-unsent-${document.body.dataset.person ?? ""}-`;
const PAUSE = 1200;
const MONTH = 30 * 24 * 3600 * 1000;

const store = {
  set: (key, value) => {
    try {
      value ? localStorage.setItem(key, JSON.stringify(value)) : localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing still writes.
    }
  },
  all: () => {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(ours))
        .map((key) => [key, JSON.parse(localStorage.getItem(key))]);
    } catch {
      return [];
    }
  },
};

const keyOf = (form) => `${ours}${form.dataset.unsent}-${form.elements.once?.value ?? form.dataset.ticket}`;
function fieldsOf(form) {
  const fields = new FormData(form);
  fields.delete("files");
  fields.set("form", form.dataset.unsent);
  if (form.dataset.ticket) fields.set("ticket", form.dataset.ticket);
  return new URLSearchParams(fields).toString();
}
function say(form, name) {
  const place = form.querySelector("[data-unsent-said]");
  if (place) place.textContent = place.dataset[name];
}

const waits = new Map();
const sending = new Map();
const put = (body) => fetch(address, { method: "POST", body: new URLSearchParams(body), keepalive: true, redirect: "manual" });

function keep(form) {
  clearTimeout(waits.get(form));
  waits.delete(form);
  const [key, body] = [keyOf(form), fieldsOf(form)];
  store.set(key, { address, body, at: Date.now() });
  const sent = put(body)
    .then(
      (answer) => answer.ok,
      () => false,
    )
    .then((isKept) => {
      // Typed on meanwhile: what stands in this browser is newer.
      if (isKept && fieldsOf(form) === body) store.set(key, null);
      say(form, isKept ? "saved" : "offline");
    });
  sending.set(form, sent);
  return sent;
}

// Nothing of this form is under way any more: what is sent now is the last word.
export async function settled(form) {
  clearTimeout(waits.get(form));
  waits.delete(form);
  await sending.get(form);
  if (form.dataset.unsent) store.set(keyOf(form), null);
}

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.dataset.unsent || target.type === "file") return;
  clearTimeout(waits.get(form));
  waits.set(
    form,
    setTimeout(() => keep(form), PAUSE),
  );
});
addEventListener("pagehide", () => [...waits.keys()].forEach(keep));

// What is being sent stays in this browser until the next page: the desk knows by the form's token whether it came.
document.addEventListener("submit", ({ target: form, submitter }) => {
  if (!form.dataset.unsent) return;
  clearTimeout(waits.get(form));
  waits.delete(form);
  if (submitter?.matches("[data-unsent-drop]")) store.set(keyOf(form), null);
  else if (form.elements.once) store.set(keyOf(form), { address, body: fieldsOf(form), at: Date.now() });
});

// What could not be kept then is kept now; the page shows it when nobody types in it.
async function catchUp() {
  const csrf = document.querySelector("[name=csrf]")?.value;
  if (!navigator.onLine || !csrf) return;
  let isNew = false;
  for (const [key, { address: to, body, at }] of store.all()) {
    if (Date.now() - at > MONTH) store.set(key, null);
    if (to !== address || Date.now() - at > MONTH) continue;
    const fields = new URLSearchParams(body);
    fields.set("csrf", csrf);
    const answer = await put(fields).catch(() => null);
    if (!answer?.ok) continue;
    store.set(key, null);
    isNew ||= answer.status === 201;
  }
  const isTouched = waits.size > 0 || sending.size > 0;
  if (isNew && !isTouched) location.reload();
}
addEventListener("online", catchUp);
catchUp();
