// What pages do beyond links and forms: shortcuts, copying, and being fetched again when something has changed. Everything here
// can be done without it. Values are never parsed: they come from the node as text and stay text.
const { mount, files, live } = document.body.dataset;
document.documentElement.classList.add("scripted");

const isTyping = (target) => target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
let going = 0;

function move(step) {
  const links = [...document.querySelectorAll("main tbody a")];
  const at = links.indexOf(document.activeElement);
  const next = links[Math.min(links.length - 1, Math.max(0, at + step))];
  if (next) next.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (Date.now() - going < 1500) {
    going = 0;
    const entry = document.querySelector(`.rooms a[data-key="${CSS.escape(event.key)}"]`);
    if (entry) { event.preventDefault(); entry.click(); }
    return;
  }
  const act = {
    "/": () => document.getElementById("find")?.focus(),
    "?": () => document.getElementById("help").showModal(),
    "g": () => { going = Date.now(); },
    "j": () => move(1),
    "k": () => move(-1),
    "e": () => document.querySelector("[data-edit]")?.click(),
  }[event.key];
  if (act) { event.preventDefault(); act(); }
});

function addCopying(root) {
  if (!navigator.clipboard) return;
  for (const line of root.querySelectorAll(".line")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(line.querySelector("code").textContent);
      button.textContent = "Copied";
    });
    line.append(button);
  }
}
addCopying(document);
