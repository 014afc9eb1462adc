// What happened that concerns the reader: a number beside their name, and, in the corner of the page they look at, a few
// words that go by themselves. Each comes up once, whatever pages are open; what is on the ticket one looks at does not.
const STAYS = 8000;
const bell = document.querySelector("[data-bell]");
const corner = document.querySelector("[data-told]");
const key = `vigie-told-${document.body.dataset.person ?? ""}`;
const memory = {
  get: () => {
    try {
      return Number(localStorage.getItem(key) ?? NaN);
    } catch {
      return NaN;
    }
  },
  set: (newest) => {
    try {
      localStorage.setItem(key, newest);
    } catch {
      // A browser that keeps nothing may tell twice.
    }
  },
};

function leaves(toast) {
  let timer;
  const wait = () => (timer = setTimeout(() => toast.remove(), STAYS));
  // Whoever reads it, or has it under their hand, keeps it.
  for (const sign of ["pointerenter", "focusin"]) toast.addEventListener(sign, () => clearTimeout(timer));
  for (const sign of ["pointerleave", "focusout"]) toast.addEventListener(sign, wait);
  toast.querySelector("[data-dismiss]")?.addEventListener("click", () => toast.remove());
  wait();
}

async function comes(newest) {
  const before = memory.get();
  if (before >= newest) return;
  memory.set(newest);
  // The first time in this browser nothing is new; and nobody is told behind other pages.
  if (Number.isNaN(before)) return;
  const answer = await fetch(`/notifications?after=${before}`, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const own = document.body.dataset.item?.replace("ticket/", "");
  for (const toast of fresh.querySelectorAll(".toast")) {
    if (toast.dataset.ticket === own && own) continue;
    corner.append(document.adoptNode(toast));
    leaves(toast);
  }
  while (corner.children.length > 4) corner.firstElementChild.remove();
}

let told;
function show() {
  if (!told || document.hidden) return;
  const { unread, newest } = told;
  const count = bell?.parentElement.querySelector("[data-count]");
  if (count) {
    count.textContent = unread ? (unread > 99 ? "99+" : unread) : "";
    bell.toggleAttribute("data-unread", unread > 0);
  }
  if (corner) comes(newest);
}
document.addEventListener("live:frame", ({ detail: frame }) => {
  if (!frame.told) return;
  told = frame.told;
  show();
});
document.addEventListener("visibilitychange", show);
