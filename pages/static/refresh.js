// Changes what a page shows when it changed on the desk: fetches the page again through its own address, so that it shows
// what its reader may see, and puts new parts in place of old ones. Never under a hand: what has the focus, is open or is
// ticked stays; new rows of a list wait behind "2 new".
import { isChanged, show, state } from "./live.js";
import { announced, company, plural, say } from "./presence.js";
import { keyOf } from "./keys.js";
import { settleTicks } from "./list.js";

const own = document.body.dataset.item;
const list = document.querySelector("[data-live-list]");
const rows = () => [...document.querySelectorAll("[data-live-list] [data-row]")];

// Tokens differ with each answer, avatars are drawn here, times pass: they are no change.
function plain(element) {
  const copy = element.cloneNode(true);
  for (const one of copy.querySelectorAll("[name=csrf], [name=once]")) one.removeAttribute("value");
  for (const one of copy.querySelectorAll("[data-company], time")) one.replaceChildren();
  for (const one of copy.querySelectorAll(".live-by")) one.remove();
  for (const one of copy.querySelectorAll(".live-field, .clash")) one.classList.remove("live-field", "clash");
  return copy.innerHTML.replace(/\s+/g, " ");
}
const isSame = (old, fresh) => plain(old) === plain(fresh);
// In use is also what was typed and not sent yet.
const isTyped = (field) => field.type !== "hidden" && field.name && !field.matches(".ck") && isChanged(field);
const fields = (element) => [element, ...element.querySelectorAll("*")].filter((one) => one.matches("input, textarea, select"));
const isBusy = (element) =>
  fields(element).some(isTyped) || element.contains(document.activeElement) || Boolean(element.querySelector("details[open], :popover-open, dialog[open], .ck:checked")) || element.matches("details[open], .ck:checked");

// Puts what changed in place; goes into what is in use, and leaves alone what is used itself. True when all of it is
// as it stands on the desk.
function settle(old, fresh) {
  if (isSame(old, fresh)) return true;
  if (!isBusy(old)) {
    const top = old.scrollTop;
    old.replaceChildren(...fresh.childNodes);
    for (const { name, value } of fresh.attributes) if (name !== "tabindex") old.setAttribute(name, value);
    old.scrollTop = top;
    tint(old);
    return true;
  }
  const [before, after] = [[...old.children], [...fresh.children]];
  const fits = before.length && before.length === after.length && before.every((one, n) => one.tagName === after[n].tagName);
  return Boolean(fits) && before.map((one, n) => settle(one, after[n])).every(Boolean);
}

function tint(element) {
  element.classList.add("changed");
  setTimeout(() => element.classList.remove("changed"), 700);
}

// Nobody asked for it: that a page is left open does not make its person be there.
async function page() {
  const answer = await fetch(location.href, { headers: { accept: "text/html", "x-vigie-unasked": "yes" } });
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) throw Object.assign(new Error("moved"), { url: answer.url });
  if (!answer.ok) throw Object.assign(new Error(answer.status), { status: answer.status });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// The page goes on elsewhere, as a merged ticket does, or asks to sign in again: it says so and leaves all as it is.
const ended = document.querySelector("[data-ended]");
function elsewhere(url) {
  const key = new URL(url).pathname === "/login" ? "ended-session" : "ended-moved";
  ended.querySelector("[data-said]").textContent = say(key);
  Object.assign(ended.querySelector("[data-go-on]"), { href: url, textContent: say(`${key}-go`) });
  ended.hidden = false;
}

// --- A ticket -------------------------------------------------------------------------------------------------------
const composer = document.getElementById("composer");
const news = document.querySelector("[data-news]");
const isWriting = () => Boolean(composer?.elements.body.value.trim() || composer?.querySelector("[data-files] > *"));
let stands = 0;
let isBehind = false;

// Messages keep their elements, so that reading, unfolding and scrolling go on.
function thread(old, fresh) {
  const before = new Set([...old.querySelectorAll(".msg")].map((one) => one.id));
  const [now, next] = [[...old.children], [...fresh.children]];
  next.forEach((one, n) => {
    if (!now[n]) {
      old.append(one);
      tint(one);
    } else if (now[n].id === one.id && now[n].tagName === one.tagName) settle(now[n], one);
    else if (!isBusy(now[n])) {
      now[n].replaceWith(one);
      tint(one);
    }
  });
  for (const left of now.slice(next.length)) if (!isBusy(left)) left.remove();
  // The last that came, if any did.
  return [...old.querySelectorAll(".msg")].findLast((one) => !before.has(one.id));
}

// A form that is open was opened upon what one saw then: it keeps that version, and a conflict shows both sides.
function versions(version) {
  for (const input of document.querySelectorAll("input[name=version]")) {
    if (input.form !== composer && !input.closest("dialog[open], details[open], :popover-open") && !fields(input.form).some(isTyped)) input.value = version;
  }
  // Whoever writes sees first that something changed; until they say so, sending is refused by the version they saw.
  if (composer?.elements.version && !isWriting()) composer.elements.version.value = version;
}

async function ticket() {
  const fresh = await page();
  const version = fresh.body.dataset.version;
  let came;
  let moved = false;
  let isDone = true;
  for (const old of document.querySelectorAll("#side [data-live], #main [data-live]")) {
    const name = old.dataset.live;
    const part = fresh.querySelector(`[data-live="${name}"]`);
    if (!part) continue;
    // What can be done to it says where it is in its life.
    if (name === "bar" && !isSame(old, part)) moved = true;
    if (name === "thread") came = thread(old, part);
    else isDone = settle(old, part) && isDone;
  }
  stands = version;
  // Not of what oneself did last, such as a reply of one's own that left just now.
  const isOwn = fresh.querySelector('.tk-h .act[data-by="me"]');
  // Nor of a property, with which an answer leaves all the same.
  if (isWriting() && composer.elements.version.value !== version && !isOwn && (came || moved)) {
    const said = news.querySelector("[data-news-said]");
    said.dataset.usual ??= said.textContent;
    const name = came && came.querySelector("header b")?.textContent;
    said.textContent = name ? say("news-by", { name }) : said.dataset.usual;
    news.hidden = false;
  }
  versions(version);
  document.body.dataset.version = version;
  show(new Map([[own, Number(version)]]));
  if (came) announced(say("came"));
  // What was in use is put right when it is let go.
  isBehind = !isDone;
}
// Let go or closed again, it is like the others.
document.addEventListener("focusout", () => isBehind && again());
for (const kind of ["close", "toggle"]) {
  document.addEventListener(
    kind,
    () => {
      if (stands) versions(stands);
      if (isBehind) again();
    },
    true,
  );
}
news?.querySelector("[data-news-seen]").addEventListener("click", () => {
  news.hidden = true;
  composer.elements.version.value = stands;
  composer.elements.body.focus();
});

function gone() {
  const notice = document.querySelector("[data-gone]");
  if (!notice) return;
  notice.hidden = false;
  for (const part of document.querySelectorAll("#main [data-live]")) part.replaceChildren();
  document.getElementById("strip")?.remove();
  document.title = own.replace("ticket/", "#");
  for (const button of composer?.querySelectorAll("button") ?? []) button.disabled = true;
}

// --- A list ---------------------------------------------------------------------------------------------------------
const waiting = document.querySelector("[data-new]");
let held;
const shown = () => new Map(rows().filter((row) => !row.classList.contains("left")).map((row) => [row.dataset.item, Number(row.dataset.version)]));

async function refreshList() {
  const fresh = await page();
  document.body.dataset.at = fresh.body.dataset.at;
  const there = new Map([...fresh.querySelectorAll("[data-live-list] [data-row]")].map((row) => [row.dataset.item, row]));
  const mine = rows();
  for (const row of mine) {
    const one = there.get(row.dataset.item);
    row.classList.toggle("left", !one);
    row.title = one ? "" : say("left");
    if (!one) continue;
    // Not the row itself: it may be put in place later.
    settle(row, one.cloneNode(true));
    row.dataset.version = one.dataset.version;
    company(row);
  }
  for (const part of ["count", "side"]) {
    const [old, one] = [document.querySelector(`[data-live="${part}"]`), fresh.querySelector(`[data-live="${part}"]`)];
    if (old && one) settle(old, one);
  }
  const known = new Set(mine.map((row) => row.dataset.item));
  const count = [...there.keys()].filter((item) => !known.has(item)).length;
  const order = [...there.keys()].filter((item) => known.has(item)).join();
  const isMoved = order !== mine.map((row) => row.dataset.item).filter((item) => there.has(item)).join();
  held = count || isMoved || there.size !== mine.length ? fresh : undefined;
  offer(count);
  show(shown(), true);
}

// New rows wait until they are asked for.
function offer(count) {
  if (!waiting) return;
  if (!held) return waiting.replaceChildren();
  let button = waiting.querySelector("button");
  if (!button) {
    button = Object.assign(document.createElement("button"), { type: "button", className: "btn sm fresh" });
    button.append(document.createElement("span"), Object.assign(document.createElement("kbd"), { textContent: keyOf(".") }));
    button.lastChild.setAttribute("aria-hidden", "true");
    button.setAttribute("aria-keyshortcuts", keyOf("."));
    button.addEventListener("click", take);
    waiting.append(button);
  }
  const text = count ? plural(count, "new") : say("refresh");
  if (button.firstChild.textContent !== text) button.firstChild.textContent = text;
}

function take() {
  if (!held) return;
  const fresh = held.querySelector("[data-live-list]");
  const ticked = new Map([...document.querySelectorAll('.ck[name="ticket"]:checked')].map((box) => [box.closest("[data-row]").dataset.item, box.value]));
  const focused = document.activeElement?.closest?.("[data-row]")?.dataset.item;
  held = undefined;
  list.replaceChildren(...fresh.childNodes);
  for (const row of rows()) {
    const box = row.querySelector(".ck");
    // A box that was ticked keeps the version that was seen.
    if (ticked.has(row.dataset.item)) Object.assign(box, { checked: true, value: ticked.get(row.dataset.item) });
    company(row);
  }
  const row = rows().find((one) => one.dataset.item === focused) ?? rows()[0];
  row?.querySelector(".subj")?.focus({ preventScroll: !focused });
  settleTicks();
  offer(0);
  announced(say("refreshed"));
  show(shown(), true);
}

// --- What is told ---------------------------------------------------------------------------------------------------
// Many changes at once are one look, and not everybody looks in the same moment.
let soon;
let isLooking = false;
let isDue = false;
function again() {
  clearTimeout(soon);
  // A page that nobody looks at is fetched when somebody does: what was not seen stays unread.
  if (document.hidden) return void (isDue = true);
  soon = setTimeout(look, 100 + Math.random() * 250);
}
async function look() {
  if (isLooking) return void (isDue = true);
  isLooking = true;
  try {
    if (own?.startsWith("ticket/") && document.querySelector('[data-live="thread"]')) await ticket();
    else if (list) await refreshList();
  } catch (error) {
    if (error.url) elsewhere(error.url);
    else if (error.status === 404 || error.status === 403) gone();
  } finally {
    isLooking = false;
    if (isDue) {
      isDue = false;
      again();
    }
  }
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden || !isDue || isLooking) return;
  isDue = false;
  again();
});
document.addEventListener("live:frame", ({ detail: frame }) => {
  if (own && frame.gone?.includes(own)) return gone();
  if (frame.list || (frame.gone?.length && list) || Object.keys(frame.changed ?? {}).length) again();
});
// The line was refused again and again: perhaps we are not let in any more.
document.addEventListener("live:refused", () => navigator.onLine && state.you && (list || own ? look() : page().catch((error) => error.url && elsewhere(error.url))));

if (list) show(shown(), true);
else show(new Map(), false);
