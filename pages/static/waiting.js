// Waiting: for a third of a second nothing shows, then bars in place of what will come. Whoever asked for less motion
// sees them still (the style sheet).
export function soon(show) {
  const timer = setTimeout(show, 300);
  return () => clearTimeout(timer);
}

export function bars(count, tag = "div") {
  const widths = [72, 54, 88, 63];
  return Array.from({ length: count }, (_, n) => {
    const line = document.createElement(tag);
    line.className = `bone w${widths[n % widths.length]}`;
    line.setAttribute("aria-hidden", "true");
    line.append(Object.assign(document.createElement("span"), { className: "skel" }));
    return line;
  });
}
