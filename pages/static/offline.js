// Without a connection: a bar says so, and nothing is sent until it is back; what is typed stays where it is.
const bar = document.getElementById("offline");
function show() {
  if (bar) bar.hidden = navigator.onLine;
  document.getElementById("composer")?.toggleAttribute("data-offline", !navigator.onLine);
}
addEventListener("online", show);
addEventListener("offline", show);
document.addEventListener(
  "submit",
  (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation();
    bar?.scrollIntoView({ block: "nearest" });
  },
  true,
);
show();
