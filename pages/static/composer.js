// The composer made quick: toolbar, preview in place, files by paste and drop, the countdown of a reply on its way.
// Every one of these has a form's button that does the same without script.
const form = document.getElementById("composer");
const area = form?.querySelector("textarea");
const words = form?.querySelector("template[data-words]")?.content;
export const word = (name) => words?.querySelector(`[data-w="${name}"]`)?.textContent ?? "";
const said = form?.querySelector("[data-said]");
export const say = (text) => said && (said.textContent = text);

// One step for the browser's own undo; setRangeText would forget it.
export function put(text, from = area.selectionStart, to = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

const around = { bold: ["**", "**"], italic: ["_", "_"], link: ["[", "](https://)"], code: ["`", "`"] };
function format(name) {
  const [from, to] = [area.selectionStart, area.selectionEnd];
  const chosen = area.value.slice(from, to);
  if (name === "list" || name === "quote" || (name === "code" && chosen.includes("\n"))) {
    const start = area.value.lastIndexOf("\n", from - 1) + 1;
    const lines = area.value.slice(start, to);
    put(name === "code" ? "```\n" + lines + "\n```" : lines.split("\n").map((line) => (name === "list" ? "- " : "> ") + line).join("\n"), start, to);
    return;
  }
  const [before, after] = around[name];
  put(before + chosen + after, from, to);
  const at = from + before.length;
  if (name === "link" && chosen) area.setSelectionRange(at + chosen.length + 2, at + chosen.length + after.length - 1);
  else area.setSelectionRange(at, at + chosen.length);
}

export async function post(path, extra = {}) {
  const fields = new FormData(form);
  fields.delete("files");
  for (const [name, value] of Object.entries({ fragment: "1", ...extra })) fields.set(name, value);
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields) });
  if (!answer.ok) throw new Error(answer.status);
  return answer.text();
}

const preview = form?.querySelector("[data-preview]");
async function show(button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  try {
    preview.innerHTML = on ? await post(button.formAction) : "";
    button.setAttribute("aria-pressed", on);
  } catch {
    say(word("failed"));
  }
}

// Files: what the field holds is shown piece by piece, and each can be taken out again.
const field = form?.querySelector("input[type=file]");
const chips = form?.querySelector("[data-files]");
function add(files) {
  const all = new DataTransfer();
  for (const file of [...field.files, ...files]) all.items.add(file);
  field.files = all.files;
  draw();
}
function draw() {
  for (const old of chips.querySelectorAll("[data-new]")) old.remove();
  [...field.files].forEach((file, at) => {
    const chip = document.createElement("span");
    chip.className = "c-chip";
    chip.dataset.new = at;
    if (file.type.startsWith("image/") && file.type !== "image/svg+xml") {
      const picture = document.createElement("img");
      const reader = new FileReader();
      reader.onload = () => (picture.src = reader.result);
      reader.readAsDataURL(file);
      picture.alt = "";
      chip.append(picture);
    }
    const name = document.createElement("span");
    name.className = "clip";
    name.textContent = file.name;
    const size = document.createElement("small");
    const unit = file.size < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
    size.textContent = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: unit[0], maximumFractionDigits: 1 }).format(file.size / unit[1]);
    const out = document.createElement("button");
    out.type = "button";
    out.className = "btn ghost icon sm";
    out.textContent = "×";
    out.setAttribute("aria-label", `${word("remove")} ${file.name}`);
    out.onclick = () => {
      const rest = new DataTransfer();
      [...field.files].forEach((one, place) => place !== at && rest.items.add(one));
      field.files = rest.files;
      draw();
      area.focus();
    };
    chip.append(name, size, out);
    chips.append(chip);
  });
}

if (form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.format) format(button.dataset.format);
    else if (button && "previewButton" in button.dataset) {
      event.preventDefault();
      show(button);
    }
  });
  field?.addEventListener("change", draw);
  // Files go where there is a field for them.
  if (field) area.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (!files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    add(files);
  });
  for (const kind of field ? ["dragover", "drop", "dragleave"] : [])
    form.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.toggleAttribute("data-drop", kind === "dragover");
      if (kind === "drop") add(event.dataTransfer.files);
    });
  // A message needs words or a file; which of the two, the desk says better than the browser.
  form.addEventListener("input", () => preview.textContent && form.querySelector("[data-preview-button]").getAttribute("aria-pressed") === "true" && stale());
}
let later;
function stale() {
  clearTimeout(later);
  later = setTimeout(() => post(form.querySelector("[data-preview-button]").formAction).then((html) => (preview.innerHTML = html), () => {}), 500);
}

// On its way: counts down, then fetches the thread as it stands, and the version that forms carry.
const toast = document.querySelector(".toast[data-held]");
if (toast) {
  const text = toast.querySelector("[data-toast-text]");
  const pattern = text.textContent;
  const end = performance.now() + toast.dataset.seconds * 1000;
  const tick = setInterval(() => {
    const left = Math.ceil((end - performance.now()) / 1000);
    if (left > 0) text.textContent = pattern.replace(/\d+/, left);
    else {
      clearInterval(tick);
      text.textContent = word("sending");
      settle(8);
    }
  }, 250);
  const settle = (tries) =>
    setTimeout(async () => {
      try {
        const fresh = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
        if (fresh.querySelector(".msg.sending") && tries) return settle(tries - 1);
        document.querySelector(".thread").replaceWith(fresh.querySelector(".thread"));
        const version = fresh.querySelector("input[name=version]")?.value;
        // Whoever writes on meanwhile keeps the version they saw: of one's own reply the desk knows.
        const isWriting = area.value.trim() !== "";
        for (const input of document.querySelectorAll("input[name=version]")) if (!isWriting || input.form !== form) input.value = version ?? input.value;
        toast.querySelector("button").remove();
        text.textContent = word("sent");
        setTimeout(() => toast.parentElement.remove(), 4000);
      } catch {
        if (tries) settle(tries - 1);
      }
    }, 900);
}
