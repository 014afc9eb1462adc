// The live line: tells the desk where this page is and what it shows, and hands on what the desk says of colleagues and
// changes. One WebSocket for each page, agents only. A line that breaks is opened again after a while that chance
// chooses, so that a desk that comes back is not stormed; what changed meanwhile is told by the versions we show.
const body = document.body;
const BEAT = 15_000;
const SILENCE = 40_000;
const EDITING = 90_000;

let socket;
let tries = 0;
let next = 0;
let heardAt = 0;
let hiddenAt = document.hidden ? Date.now() : 0;
let retry;
let steady;
let isOver = false;
const place = { section: body.dataset.section, mode: body.dataset.mode, item: body.dataset.item };
let field = null;
let typedAt = 0;
let shows = new Map();
let isList = false;

export const state = { isOn: undefined, heardAt: 0, you: 0, names: new Map() };
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`live:${name}`, { detail }));
const send = (words) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(words));

function here(isFirst = false) {
  const at = { say: "at", ...place, editing: field !== null, field, hidden: document.hidden, behind: hiddenAt ? Date.now() - hiddenAt : 0, shows: Object.fromEntries(shows), list: isList };
  // Once on each line: what changed before it stood. Later changes are told.
  if (isList && isFirst) at.since = Number(body.dataset.at);
  send(at);
}

// What the page shows: items with the version of each, and whether it is a list that grows.
export function show(items, list = false) {
  shows = items;
  isList = list;
  if (place.item && !shows.has(place.item)) shows.set(place.item, Number(body.dataset.version));
  tell("shows", shows);
  here();
}

function edits(name) {
  if (name === field) return;
  field = name;
  tell("editing", field);
  here();
}
export const edited = () => field;

function open() {
  clearTimeout(retry);
  if (isOver || socket?.readyState <= WebSocket.OPEN) return;
  const mine = (socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/live`));
  next = 1;
  // A line that another has taken the place of says nothing any more.
  const isMine = () => mine === socket;
  mine.onopen = () => {
    if (!isMine()) return;
    heardAt = Date.now();
    here(true);
  };
  mine.onmessage = (message) => {
    if (!isMine()) return;
    heardAt = Date.now();
    const frame = JSON.parse(message.data);
    if (frame.beat) return;
    // A frame that is not the next: something was missed, everything is asked for again.
    if (frame.n !== next && !frame.whole) return send({ say: "again" });
    next = frame.n + 1;
    if (!state.isOn) line(true);
    if (frame.you) state.you = frame.you;
    for (const [id, name] of Object.entries(frame.names ?? {})) state.names.set(Number(id), name);
    tell("frame", frame);
  };
  mine.onclose = (event) => {
    if (!isMine()) return;
    clearTimeout(steady);
    line(false);
    if (event.code === 4002) return;
    // Rights changed: at once, to be judged again. Otherwise later, and later still.
    const most = event.code === 4001 && tries === 0 ? 500 : Math.min(30_000, 1000 * 2 ** tries);
    tries += 1;
    if (tries === 3) tell("refused");
    retry = setTimeout(open, 200 + Math.random() * most);
  };
}

function line(isOn) {
  clearTimeout(steady);
  // Only a line that holds for a while makes the next pause short again.
  if (isOn) steady = setTimeout(() => (tries = 0), 10_000);
  if (state.isOn === isOn) return;
  state.isOn = isOn;
  state.heardAt = heardAt;
  document.documentElement.dataset.line = isOn ? "on" : "off";
  tell("line", isOn);
}

setInterval(() => {
  const now = Date.now();
  if (field !== null && now - typedAt > EDITING) edits(null);
  if (socket?.readyState !== WebSocket.OPEN) return;
  // Silence, or a sleep from which we woke: the line is dead, whatever the browser thinks. Behind other pages our
  // timers are held back, and the browser itself answers the desk's calls.
  if (now - heardAt > SILENCE && !document.hidden) again();
  else send({ say: "beat" });
}, BEAT);

document.addEventListener("visibilitychange", () => {
  hiddenAt = document.hidden ? Date.now() : 0;
  send({ say: "hidden", is: document.hidden });
  if (document.hidden) return;
  open();
  // Looked at again, perhaps after a sleep: a line that does not answer soon is dead.
  const asked = Date.now();
  send({ say: "beat" });
  setTimeout(() => heardAt < asked && !document.hidden && socket?.readyState === WebSocket.OPEN && again(), 5000);
});
function again() {
  socket.close();
  line(false);
  socket = undefined;
  open();
}
addEventListener("online", open);
addEventListener("offline", () => socket?.close());
addEventListener("pagehide", () => {
  isOver = true;
  socket?.close();
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  isOver = false;
  open();
});

// Editing begins at the first change in a form that will be sent, and ends when nothing is changed any more.
const named = (form) => (form.id === "composer" ? (new FormData(form).get("audience") === "staff" ? "note" : "reply") : new URL(form.action).pathname.split("/").pop());
export function isChanged(input) {
  if (input.type === "checkbox" || input.type === "radio") return input.checked !== input.defaultChecked;
  if (!input.matches("select")) return (input.value ?? "") !== (input.defaultValue ?? "");
  // Where none is chosen from the start, the first one is.
  const options = [...input.options];
  const first = options.findIndex((one) => one.defaultSelected);
  return input.multiple ? options.some((one) => one.selected !== one.defaultSelected) : input.selectedIndex !== Math.max(0, first);
}
// The field that is edited: the first form with something unsent, whichever was touched last.
const isDirty = (form) => (form.id === "composer" ? form.elements.body.value.trim() !== "" : [...form.elements].some((one) => one.matches("input:not([type=hidden]), select, textarea") && one.name && isChanged(one)));
const counts = (form) => form.method === "post" && form.id !== "bulk" && (form.closest("#main") || form.closest("dialog[open]"));
function dirty() {
  const form = [...document.forms].find((one) => counts(one) && isDirty(one));
  return form ? named(form) : null;
}
let saidInput = 0;
function touched(form) {
  if (!place.item || !form || !counts(form)) return;
  const name = isDirty(form) ? named(form) : dirty();
  if (name !== null) typedAt = Date.now();
  edits(name);
  if (name !== null && Date.now() - saidInput > 10_000) {
    saidInput = Date.now();
    send({ say: "input" });
  }
}
document.addEventListener("input", (event) => touched(event.target.form));
// Words that were kept count from when one turns to them.
document.addEventListener("focusin", (event) => event.target.id === "body" && event.target.value.trim() && touched(event.target.form));
// What was cancelled or emptied is not edited any more; what else is unsent still is.
const settles = () => setTimeout(() => field !== null && edits(dirty()));
for (const kind of ["reset", "close", "toggle"]) document.addEventListener(kind, settles, true);

open();
