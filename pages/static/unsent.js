// What is typed in a form and not sent yet is kept on the desk at each pause, and in this browser while the desk cannot
// be reached: another device finds it, and neither a crash nor the end of a session loses it. Whoever looks with somebody
// else's eyes keeps nothing.
const person = document.body.dataset.person;
const isPortal = location.pathname.startsWith("/portal");
const address = isPortal ? "/portal/unsent" : "/tickets/unsent";
const everybodys = "vigie-unsent";
const ours = `${everybodys}/${person}/`;
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
  get: (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  keys: () => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(everybodys));
    } catch {
      return [];
    }
  },
};

const token = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
const keyOf = (form) => `${ours}${form.dataset.unsent}/${form.elements.once?.value ?? form.dataset.ticket}`;
function fieldsOf(form) {
  const fields = new FormData(form);
  // Files do not go with it; and the secret of a session is not left in a browser.
  for (const name of ["files", "csrf"]) fields.delete(name);
  fields.set("form", form.dataset.unsent);
  if (form.dataset.ticket) fields.set("ticket", form.dataset.ticket);
  return new URLSearchParams(fields).toString();
}
function say(form, name) {
  const place = form.querySelector("[data-unsent-said]");
  if (place) place.textContent = place.dataset[name] ?? "";
}

const waits = new Map();
const sending = new Map();
const csrf = () => document.querySelector("[name=csrf]")?.value ?? "";
// The status of the answer; 0 when there was none.
const PATIENCE = 10000;
function put(text, at, isLeaving = false) {
  const body = new URLSearchParams(text);
  body.set("csrf", csrf());
  body.set("ago", Date.now() - at);
  const signal = AbortSignal.timeout(PATIENCE);
  return fetch(address, { method: "POST", body, keepalive: isLeaving, redirect: "manual", signal }).then(
    (answer) => answer.status,
    () => 0,
  );
}
function calm(form) {
  clearTimeout(waits.get(form));
  waits.delete(form);
}

// 201: kept. 204: it says nothing, and nothing is kept. 205: the form of this token was sent, in another page.
async function told(form, body, status) {
  if (status === 205 && form.elements.once) {
    store.set(keyOf(form), null);
    form.elements.once.value = token();
    body = fieldsOf(form);
    status = await put(body, Date.now());
  }
  const isTold = [201, 204, 205].includes(status);
  // Typed on meanwhile: what stands in this browser is newer.
  if (isTold && fieldsOf(form) === body) store.set(keyOf(form), null);
  say(form, status === 201 ? "saved" : status === 0 || status >= 500 ? "offline" : "none");
}

const again = new Set();
function keep(form, isLeaving = false) {
  calm(form);
  const [body, at] = [fieldsOf(form), Date.now()];
  store.set(keyOf(form), { address, body, at });
  // While something is under way, what was typed since goes after it, the newest alone; on leaving there is no time for that.
  if (sending.has(form) && !isLeaving) return again.add(form);
  const sent = put(body, at, isLeaving).then((status) => told(form, body, status));
  sending.set(form, sent);
  sent.finally(() => {
    if (sending.get(form) === sent) sending.delete(form);
    if (again.delete(form)) keep(form);
  });
}

// Nothing of this form is under way any more: what is sent now is the last word.
export async function settled(form) {
  calm(form);
  again.delete(form);
  await sending.get(form);
  if (form.dataset.unsent) store.set(keyOf(form), null);
}

function typed({ target }) {
  const form = target.form;
  if (!form?.dataset.unsent || target.type === "file") return;
  clearTimeout(waits.get(form));
  waits.set(
    form,
    setTimeout(() => keep(form), PAUSE),
  );
}

async function submitted(event) {
  const { target: form, submitter } = event;
  if (!form.dataset.unsent) return;
  calm(form);
  if (submitter?.matches("[data-unsent-drop]")) {
    // Thrown away once nothing of it is under way: else what arrives after it is there again.
    if (!sending.has(form)) return store.set(keyOf(form), null);
    event.preventDefault();
    await settled(form);
    form.requestSubmit(submitter);
  } else if (form.elements.once && !submitter?.formNoValidate) {
    // What is being sent stays in this browser until the next page: the desk knows by the form's token whether it came.
    store.set(keyOf(form), { address, body: fieldsOf(form), at: Date.now() });
  }
}

// Whether somebody typed in a field, chose in it, or ticked it.
function isChanged(field) {
  if (field.type === "hidden") return false;
  if (!field.options) return "checked" in field && /checkbox|radio/.test(field.type) ? field.checked !== field.defaultChecked : "defaultValue" in field && field.value !== field.defaultValue;
  const options = [...field.options];
  const usual = Math.max(0, options.findIndex((one) => one.defaultSelected));
  return !field.multiple && field.selectedIndex !== usual;
}
const isShowing = () => /\/(new|tickets\/\d+)$/.test(location.pathname);
const isTouched = () => waits.size > 0 || sending.size > 0 || [...document.forms].some((form) => [...form.elements].some(isChanged));

// What could not be kept then is kept now; a page that shows such things is shown anew when nobody types in it.
async function catchUp() {
  if (!navigator.onLine || !csrf()) return;
  let isNew = false;
  for (const key of store.keys()) {
    const { address: to, body, at } = store.get(key) ?? {};
    if (!(Date.now() - at < MONTH)) store.set(key, null);
    else if (key.startsWith(ours) && to === address) {
      const status = await put(body, at);
      if ([201, 204, 205].includes(status)) store.set(key, null);
      isNew ||= status === 201;
    }
  }
  if (isNew && isShowing() && !isTouched()) location.reload();
}

if (person) {
  document.addEventListener("input", typed);
  document.addEventListener("submit", submitted);
  addEventListener("pagehide", () => [...waits.keys()].forEach((form) => keep(form, true)));
  addEventListener("online", catchUp);
  catchUp();
}
