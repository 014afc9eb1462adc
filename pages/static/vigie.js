// Entry of the small modules. No htmx yet: every form is a plain POST answered by a redirect, and every page works
// without this file. It only makes the same things quicker.
import "./theme.js";
import "./side.js";
import "./dialogs.js";
import "./keys.js";
import "./forms.js";

document.documentElement.dataset.script = "";
