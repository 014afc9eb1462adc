// Entry of the small modules. No htmx yet: every form is a plain POST answered by a redirect, and every page works
// without this file. It only makes the same things quicker.
import "./theme.js";
import "./side.js";
import "./dialogs.js";
import "./keys.js";
import "./help.js";
import "./passkeys.js";
import "./forms.js";
import "./offline.js";
import "./list.js";
import "./palette.js";

document.documentElement.dataset.script = "";
// A field for people gets its suggestions when one comes to it, wherever it stands: some are fetched with their form.
// A window that did not have the focus as the page opened tells of no focus: then typing does.
async function suggest(field) {
  if (field?.matches?.("[data-people]")) (await import("./people.js")).attach(field);
}
for (const sign of ["focusin", "input"]) document.addEventListener(sign, (event) => suggest(event.target));
suggest(document.activeElement);
// Who else is at work, and what changes meanwhile: for agents.
if (document.body.hasAttribute("data-live")) {
  import("./refresh.js");
  import("./notifications.js");
}
// A property that a colleague changed first.
if (document.getElementById("details")) {
  import("./merge.js");
}
// What a change of somebody's scope would come to.
if (document.querySelector("form[data-scope-preview]")) {
  import("./scopes.js");
}
// Forms of tickets that are kept while one types.
if (document.body.dataset.person && document.querySelector("form[data-unsent], [data-begun]")) {
  import("./unsent.js");
}
// The composer's own modules come with the page that has one.
if (document.querySelector("#composer[data-plain]")) {
  import("./composer.js");
} else if (document.getElementById("composer")) {
  import("./drafts.js");
  import("./suggest.js");
}
// What may answer already what one is about to ask.
if (document.querySelector("[data-answering]")) {
  import("./answering.js");
}
