// Draws who is at work: in the sidebar, on rows of lists, on the ticket in words, at the field somebody edits. An avatar
// says three things: the border is the state of the item, the fill what the person does, the badge their role there.
import { edited, state } from "./live.js";

const words = document.getElementById("said-live");
export const say = (key, gaps = {}) => {
  let text = words?.content.querySelector(`[data-w="live-${key}"]`)?.textContent ?? "";
  for (const [gap, value] of Object.entries(gaps)) text = text.replaceAll(`{${gap}}`, value);
  return text;
};
const language = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const all = new Intl.ListFormat(language, { type: "conjunction" });
const counted = new Intl.PluralRules(language);

const initials = (name) => {
  const firsts = name.split(/\s+/).map((word) => [...word].find((c) => /[\p{L}\p{N}]/u.test(c))).filter(Boolean);
  return [firsts[0], firsts.length > 1 ? firsts.at(-1) : ""].join("").toLocaleUpperCase(language).slice(0, 2);
};
const fills = { list: "list", detail: "detail", adding: "add" };
// Disc, diamond, triangle: the outline grows sharper with the risk.
function badge(seen) {
  const isEditing = seen.activity === "editing";
  switch (seen.colour) {
    case "blue": return "pb-eye-disc";
    case "green": return "pb-users";
    case "orange": return "pb-pencil-disc";
    case "pink": return isEditing ? "pb-pencil-dia" : "pb-eye-dia";
    case "red": return isEditing ? "pb-alert" : "pb-eye-tri";
  }
}
const at = (item) => (item?.startsWith("ticket/") ? `#${item.slice(7)}` : "");
function does(seen) {
  if (seen.mode === "adding") return say("does-adding");
  if (!seen.item) return say(seen.mode === "list" ? "does-list" : "does-detail");
  if (!at(seen.item)) return say(seen.activity === "editing" ? "does-changing" : "does-detail");
  return say(`does-${seen.activity}`, { item: at(seen.item) });
}
function label(seen, name) {
  const what = [does(seen), seen.item && !["blue", "orange"].includes(seen.colour) && say(`colour-${seen.colour}`).toLocaleLowerCase(language), seen.away && say("away")];
  return say("label", { initials: initials(name), name, what: what.filter(Boolean).join(", ") });
}

function dress(avatar, seen, name) {
  const before = avatar.dataset.b;
  avatar.dataset.b = seen.colour;
  avatar.dataset.m = fills[seen.mode];
  avatar.toggleAttribute("data-away", seen.away);
  avatar.setAttribute("aria-label", label(seen, name));
  avatar.title = label(seen, name);
  if (before && before !== "red" && seen.colour === "red") avatar.classList.add("alarm");
  const picture = badge(seen);
  const old = avatar.querySelector(".bd");
  if (!picture) return old?.remove();
  const href = `${words.dataset.icons}#${picture}`;
  if (old) return old.firstChild.setAttribute("href", href);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "bd");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  svg.firstChild.setAttribute("href", href);
  avatar.append(svg);
}

function draw(seen, tag = "span", size = "") {
  const name = state.names.get(seen.person) ?? "";
  const avatar = document.createElement(tag);
  avatar.className = "pa enter";
  avatar.dataset.person = seen.person;
  avatar.dataset.z = size;
  if (tag === "button") avatar.type = "button";
  else avatar.setAttribute("role", "img");
  const letters = document.createElement("span");
  letters.setAttribute("aria-hidden", "true");
  letters.textContent = initials(name);
  avatar.append(letters);
  dress(avatar, seen, name);
  return avatar;
}

// Who stays keeps their element: nothing blinks, and the focus stays where it was.
function fill(list, people, tag) {
  const focused = document.activeElement;
  const old = new Map([...list.querySelectorAll(".pa")].map((one) => [Number(one.dataset.person), one]));
  const drawn = people.map((seen) => {
    const kept = old.get(seen.person);
    old.delete(seen.person);
    if (kept) {
      kept.classList.remove("enter");
      dress(kept, seen, state.names.get(seen.person) ?? "");
    }
    const avatar = kept ?? draw(seen, tag);
    avatar.seen = seen;
    return avatar;
  });
  for (const gone of old.values()) gone.remove();
  drawn.forEach((avatar, n) => list.children[n] !== avatar && list.insertBefore(avatar, list.children[n] ?? null));
  if (focused !== document.activeElement && list.contains(focused)) focused.focus({ preventScroll: true });
}

// Where something new is made, who else makes one.
function adds(people) {
  const place = document.querySelector("[data-adding]");
  if (!place) return;
  place.hidden = people.length === 0;
  const names = all.format(people.map((one) => state.names.get(one.person) ?? ""));
  write(place.querySelector("[data-said]"), people.length ? say(people.length > 1 ? "add-many" : "adds-one", { names }) : "");
}

// The sidebar: the most serious four, then how many more.
const crowds = new Map();
function section(name, crowd) {
  crowds.set(name, crowd);
  if (name === document.body.dataset.section) adds(others(crowd.people).filter((one) => one.mode === "adding"));
  const list = document.querySelector(`[data-presence="${name}"]`);
  if (!list) return;
  const shown = crowd.people.length + crowd.more > 5 ? 4 : 5;
  fill(list, crowd.people.slice(0, shown), "button");
  const more = crowd.people.length - shown + crowd.more;
  let button = list.querySelector(".more");
  if (more <= 0) return button?.remove();
  if (!button) {
    button = Object.assign(document.createElement("button"), { type: "button", className: "more" });
    button.dataset.of = name;
  }
  if (list.lastChild !== button) list.append(button);
  button.textContent = `+${more}`;
  button.setAttribute("aria-label", say("others", { count: more }));
}

// Rows of lists show colleagues, not oneself.
const companies = new Map();
const others = (people) => people.filter((one) => one.person !== state.you);
export function company(row) {
  const list = row.querySelector("[data-company]");
  if (list) fill(list, others(companies.get(row.dataset.item) ?? []).slice(0, 4), "span");
}

// The strip of a ticket says it in words.
const strip = document.getElementById("strip");
const own = document.body.dataset.item;
const voice = (selector) => (text) => {
  const place = document.querySelector(selector);
  if (place) place.textContent = text;
};
export const announced = voice("[data-announce]");
const alarmed = voice("[data-alert]");
function inWords(people) {
  const names = (list) => all.format(list.map((one) => state.names.get(one.person) ?? ""));
  const [editors, viewers] = [people.filter((one) => one.activity === "editing"), people.filter((one) => one.activity !== "editing")];
  const [e, v] = [others(editors), others(viewers)];
  const iEdit = editors.length > e.length;
  const one = (list, key, many) => say(list.length > 1 ? many : key, { names: names(list) });
  // Of what the strip speaks: a ticket, unless it says otherwise.
  const it = (key) => (strip.dataset.of ? key.replace("strip-", `strip-${strip.dataset.of}-`) : key);
  const said = [];
  if (e.length && iEdit) said.push(say(it("strip-both-edit"), { names: names(e) }));
  else if (e.length) said.push(one(e, it("strip-one-edits"), it("strip-many-edit")));
  else if (iEdit) said.push(say("strip-you-edit"));
  else if (v.length) said.push(one(v, it("strip-one-views"), it("strip-many-view")));
  else said.push(say(it("strip-alone")));
  const more = [];
  if (v.length && (e.length || iEdit)) more.push(one(v, "strip-one-views-too", "strip-many-view-too"));
  if (editors.length > 1) more.push(say("strip-coordinate"));
  else if (e.length) more.push(say("strip-may-change"));
  else if (iEdit) more.push(say("strip-they-see"));
  else if (v.length) more.push(say("strip-nobody-edits"));
  return [said.join(" "), more.join(" ")];
}
const write = (element, text) => element.textContent !== text && (element.textContent = text);
function onTicket(people) {
  if (!strip) return;
  fill(strip.querySelector("[data-people]"), others(people).slice(0, 4), "button");
  const colour = people[0]?.colour ?? "blue";
  strip.toggleAttribute("data-idle", !state.isOn || (!others(people).length && colour !== "orange"));
  const [said, more] = state.isOn ? inWords(people) : [down(), ""];
  strip.querySelector("[data-lead]").hidden = colour !== "red" || !state.isOn;
  write(strip.querySelector("[data-said]"), said);
  write(strip.querySelector("[data-more]"), more);
  // Told when the state changes, not with each who comes; a conflict does not wait until one has finished listening.
  if (strip.dataset.b !== colour) {
    if (colour === "red") alarmed(`${say("colour-red")} ${said}`);
    else announced(`${said} ${more}`);
  }
  strip.dataset.b = colour;
  fields(people);
}

// At the field somebody else edits: their name, and red when oneself does, too.
function fields(people) {
  const edit = new Map(others(people).filter((one) => one.field).map((one) => [one.field, one]));
  for (const form of document.querySelectorAll("#details form, #composer")) {
    const name = form.id === "composer" ? (edit.has("reply") ? "reply" : "note") : new URL(form.action).pathname.split("/").pop();
    const holder = form.id === "composer" ? form : form.closest("dd, section");
    const seen = edit.get(name);
    let tag = holder.querySelector(`.live-by[data-field="${name}"]`);
    const isBoth = seen && (edited() === name || (form.id === "composer" && ["reply", "note"].includes(edited())));
    const fold = form.closest("details.edit");
    fold?.classList.toggle("live-field", Boolean(seen));
    fold?.classList.toggle("clash", Boolean(isBoth));
    if (!seen) {
      tag?.remove();
      continue;
    }
    if (!tag) {
      tag = document.createElement("span");
      tag.className = "live-by";
      tag.dataset.field = name;
      if (form.id === "composer") form.querySelector(".c-top > .push").before(tag);
      else fold ? fold.querySelector("summary").append(tag) : form.before(tag);
    }
    tag.classList.toggle("clash", Boolean(isBoth));
    const key = form.id === "composer" ? "writes" : isBoth ? "field-both" : "field";
    tag.textContent = say(key, { name: state.names.get(seen.person) ?? "" });
  }
  for (const tag of document.querySelectorAll(".live-by")) if (!edit.has(tag.dataset.field)) tag.remove();
}

document.addEventListener("live:frame", ({ detail: frame }) => {
  if (frame.whole) {
    for (const name of crowds.keys()) if (!frame.sections?.[name]) section(name, { people: [], more: 0 });
    for (const item of companies.keys()) if (!frame.items?.[item]) companies.set(item, []);
  }
  if (frame.me) {
    const me = document.querySelector("[data-me]");
    if (me) dress(me, frame.me, state.names.get(state.you) ?? "");
    me?.removeAttribute("aria-label");
  }
  for (const [name, crowd] of Object.entries(frame.sections ?? {})) section(name, crowd);
  for (const [item, people] of Object.entries(frame.items ?? {})) {
    companies.set(item, people);
    if (item === own) onTicket(people);
    for (const row of document.querySelectorAll(`[data-row][data-item="${CSS.escape(item)}"]`)) company(row);
  }
  if (frame.whole) {
    // Whoever left while the line was down is on no row any more.
    for (const row of document.querySelectorAll("[data-row]")) company(row);
    if (own && !frame.items?.[own]) onTicket([]);
  }
});
// The desk tells anew of what comes back to a page.
document.addEventListener("live:shows", ({ detail: shows }) => {
  for (const item of companies.keys()) if (!shows.has(item)) companies.delete(item);
});
document.addEventListener("live:editing", () => own && fields(companies.get(own) ?? []));

// When our own line is down, what stands is old, and says so.
const foot = document.querySelector(".me [data-line]");
const down = () => (state.heardAt ? say("line-off", { time: clock.format(state.heardAt) }) : say("line-none"));
document.addEventListener("live:line", ({ detail: isOn }) => {
  if (foot) foot.textContent = `${isOn ? say("line-on") : down()} · `;
  if (own) onTicket(companies.get(own) ?? []);
});

// One menu tells of whichever colleague was pointed at.
const who = document.getElementById("who");
const everybody = document.getElementById("everybody");
function tellOf(seen) {
  const name = state.names.get(seen.person) ?? "";
  who.querySelector("[data-avatar]").replaceChildren(draw(seen, "span", "l"));
  who.querySelector("[data-name]").textContent = name;
  const place = [...crowds].find(([, crowd]) => crowd.people.some((one) => one.person === seen.person))?.[0];
  who.querySelector("[data-where]").textContent = [place && say(`section-${place}`), at(seen.item)].filter(Boolean).join(" › ");
  who.querySelector("[data-what]").textContent = say(`colour-${seen.colour}`);
  who.querySelector("[data-since]").textContent = say("since", { time: clock.format(seen.since) });
  const join = who.querySelector("[data-join]");
  const href = seen.href ?? (seen.item === own ? null : seen.item?.startsWith("ticket/") && `/tickets/${seen.item.slice(7)}`);
  join.hidden = !href;
  if (href) join.href = href;
  who.querySelector("[data-card]").href = `/people/${seen.person}`;
  who.querySelector("[data-card-of]").textContent = say("card", { name });
}
document.addEventListener("click", (event) => {
  const avatar = event.target.closest?.("button.pa");
  const more = event.target.closest?.(".pa-list .more");
  if (avatar?.seen) {
    tellOf(avatar.seen);
    who.showPopover({ source: avatar });
  } else if (more) {
    const crowd = crowds.get(more.dataset.of);
    everybody.querySelector("[data-title]").textContent = say("active-in", { section: say(`section-${more.dataset.of}`) });
    everybody.querySelector("ul").replaceChildren(
      ...crowd.people.map((seen) => {
        const row = document.createElement("li");
        row.className = "row";
        const link = document.createElement(seen.href ? "a" : "span");
        link.className = "grow";
        if (seen.href) link.href = seen.href;
        link.textContent = `${state.names.get(seen.person) ?? ""}, ${does(seen)}`;
        row.append(draw(seen), link);
        return row;
      }),
    );
    everybody.showPopover({ source: more });
  }
});

export const plural = (count, key) => say(counted.select(count) === "one" ? `${key}-one` : `${key}-many`, { count });
