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
let retry;
let isOver = false;
const place = { section: body.dataset.section, mode: body.dataset.mode, item: body.dataset.item };
let field = null;
let typedAt = 0;
let shows = new Map();
let isList = false;

export const state = { isOn: false, since: Date.now(), you: 0, names: new Map() };
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`live:${name}`, { detail }));
const send = (words) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(words));

function here(isFirst = false) {
  const at = { say: "at", ...place, editing: field !== null, field, hidden: document.hidden, shows: Object.fromEntries(shows), list: isList };
  // Once on each line: what changed before it stood. Later changes are told.
  if (isList && isFirst) at.since = Number(body.dataset.at);
  send(at);
}

// What the page shows: items with the version of each, and whether it is a list that grows.
export function show(items, list = false) {
  shows = items;
  isList = list;
  if (place.item && !shows.has(place.item)) shows.set(place.item, Number(body.dataset.version));
  here();
}

function edits(name) {
  if (name !== null) typedAt = Date.now();
  if (name === field) return;
  field = name;
  tell("editing", field);
  here();
}
export const edited = () => field;

function open() {
  clearTimeout(retry);
  if (isOver || socket?.readyState <= WebSocket.OPEN) return;
  socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/live`);
  next = 1;
  socket.onopen = () => {
    heardAt = Date.now();
    here(true);
  };
  socket.onmessage = (message) => {
    heardAt = Date.now();
    const frame = JSON.parse(message.data);
    if (frame.beat) return;
    // A frame that is not the next: something was missed, everything is asked for again.
    if (frame.n !== next && !frame.whole) return send({ say: "again" });
    next = frame.n + 1;
    tries = 0;
    if (!state.isOn) line(true);
    if (frame.you) state.you = frame.you;
    for (const [id, name] of Object.entries(frame.names ?? {})) state.names.set(Number(id), name);
    tell("frame", frame);
  };
  socket.onclose = (event) => {
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
  if (state.isOn === isOn) return;
  state.isOn = isOn;
  if (!isOn) state.since = heardAt || Date.now();
  document.documentElement.dataset.line = isOn ? "on" : "off";
  tell("line", isOn);
}

setInterval(() => {
  const now = Date.now();
  if (field !== null && now - typedAt > EDITING) edits(null);
  if (socket?.readyState !== WebSocket.OPEN) return;
  // Silence, or a sleep from which we woke: the line is dead, whatever the browser thinks. Behind other pages our
  // timers are held back, and the browser itself answers the desk's calls.
  if (now - heardAt > SILENCE && !document.hidden) socket.close();
  else send({ say: "beat" });
}, BEAT);

document.addEventListener("visibilitychange", () => {
  send({ say: "hidden", is: document.hidden });
  if (document.hidden) return;
  heardAt = Date.now();
  open();
});
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
const isChanged = (input) =>
  input.type === "checkbox" || input.type === "radio" ? input.checked !== input.defaultChecked : input.matches("select") ? ![...input.options].every((one) => one.selected === one.defaultSelected) : (input.value ?? "") !== (input.defaultValue ?? "");
let saidInput = 0;
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || form.method !== "post" || form.id === "bulk" || !place.item) return;
  const isDirty = form.id === "composer" ? form.elements.body.value.trim() !== "" : [...form.elements].some((one) => one.name && one.type !== "hidden" && isChanged(one));
  edits(isDirty ? named(form) : null);
  if (isDirty && Date.now() - saidInput > 10_000) {
    saidInput = Date.now();
    send({ say: "input" });
  }
});
document.addEventListener("reset", (event) => event.target.id !== "bulk" && edits(null));
// What was cancelled or folded away is not edited any more.
document.addEventListener("toggle", (event) => event.target.matches?.("details.edit:not([open])") && edits(null), true);
document.addEventListener("close", () => edits(null), true);

open();
