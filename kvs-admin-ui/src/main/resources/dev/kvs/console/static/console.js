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

// A form that somebody is in, or has typed into, is left alone.
function isBusy() {
  const main = document.getElementById("main");
  const at = document.activeElement;
  const typed = [...main.querySelectorAll("input, textarea, select")].some((field) =>
    field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
      : field.tagName === "SELECT" ? ![...field.options].every((option) => option.selected === option.defaultSelected || field.value === "")
      : field.value !== field.defaultValue);
  return typed || (main.contains(at) && at.matches("input, textarea, select")) || document.getElementById("help").open;
}

// Where the reader is, by what leads there: the element itself is replaced.
function place(node) {
  return node && node !== document.body ? { tag: node.tagName, href: node.getAttribute("href"), text: node.textContent } : null;
}

// Above a page that could not be fetched again, and so shows what was true before.
function say(problem) {
  let line = document.getElementById("problem");
  if (!problem) { line?.remove(); return; }
  if (!line) {
    line = document.createElement("p");
    line.id = "problem";
    line.className = "problem";
    line.setAttribute("role", "status");
    document.querySelector(".content").prepend(line);
  }
  if (line.textContent !== problem) line.textContent = problem;
}

// A page as it is now; null when it cannot be had, or nobody waits for it any more.
async function page(url, signal) {
  const answer = await fetch(url, { headers: { "KVS-Live": "1" }, credentials: "same-origin", signal }).catch(() => null);
  if (signal?.aborted) return null;
  say(!answer || answer.status >= 500 ? "The node does not answer. This is what it said last."
    : answer.status === 401 ? "Your session has ended. What you typed is kept when you send it and log in again." : "");
  if (!answer || answer.status >= 500 || answer.status === 401) return null;
  const text = await answer.text().catch(() => null);
  return text === null ? null : new DOMParser().parseFromString(text, "text/html");
}

let late = null;
async function refresh() {
  if (isBusy() || document.hidden) return;
  const fresh = await page(location.href);
  const main = fresh?.getElementById("main");
  if (!main || isBusy()) return;
  const old = document.getElementById("main");
  const was = old.contains(document.activeElement) ? place(document.activeElement) : null;
  const scrolled = [...old.querySelectorAll(".scroll, pre")].map((box) => [box.scrollLeft, box.scrollTop]);
  const adopted = document.adoptNode(main);
  addCopying(adopted);
  old.replaceWith(adopted);
  [...adopted.querySelectorAll(".scroll, pre")].forEach((box, i) => {
    if (scrolled[i]) [box.scrollLeft, box.scrollTop] = scrolled[i];
  });
  if (was) {
    const same = [...adopted.querySelectorAll(was.tag.toLowerCase())].find((node) =>
      node.getAttribute("href") === was.href && node.textContent === was.text);
    (same ?? adopted).focus({ preventScroll: true });
  }
  const banner = fresh.querySelector(".where");
  if (banner) document.querySelector(".where").replaceWith(document.adoptNode(banner));
}

function soon() {
  late ??= setTimeout(() => { late = null; refresh(); }, 1000);
}

if (live === "yes") {
  const from = `${mount}/live`;
  if (window.SharedWorker) {
    let worker;
    const join = () => {
      worker = new SharedWorker(`${files}live.js?from=${encodeURIComponent(from)}`, { name: `kvs${mount}` });
      worker.port.addEventListener("message", soon);
      worker.port.start();
      // Its script could not be had: the node went away behind this page.
      worker.addEventListener("error", () => { soon(); setTimeout(() => { join(); soon(); }, 5000); });
    };
    join();
    addEventListener("pagehide", () => worker.port.postMessage("bye"));
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  } else {
    const stream = new EventSource(from);
    stream.addEventListener("change", soon);
    stream.addEventListener("error", soon);
    stream.addEventListener("open", soon);
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
}

// Watch: goes on listening by itself, the newest above, until it is paused. A tab that nobody sees does not listen: each listener
// holds a connection, of which a browser has six. It misses nothing by that; it goes on where it stopped.
const watch = document.querySelector("[data-watch=live]");
if (watch) {
  const rows_max = 500;
  let paused = false;
  let listening = null;
  const pause = document.createElement("button");
  pause.type = "button";
  pause.textContent = "Pause";
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? "Go on" : "Pause";
    listen();
  });
  document.addEventListener("visibilitychange", listen);
  const next = watch.querySelector("[data-next]");
  next.replaceWith(pause);
  watch.querySelector("[data-pause]").remove();
  const waiting = watch.querySelector(".empty p");
  if (waiting) waiting.textContent = "Listening. What happens from now on appears here by itself.";
  function listen() {
    const wanted = !paused && !document.hidden;
    if (wanted === (listening !== null)) return;
    listening?.abort();
    listening = wanted ? new AbortController() : null;
    if (listening) follow(listening.signal);
  }
  async function follow(signal) {
    while (!signal.aborted) {
      const fresh = await page(next.href, signal);
      if (signal.aborted) return;
      const on = fresh?.querySelector("[data-next]");
      if (!on) {
        if (fresh) say(`The node does not let this page listen: ${fresh.querySelector("h1")?.textContent ?? "it gave no reason"}.`);
        await new Promise((done) => setTimeout(done, 3000));
        continue;
      }
      next.href = on.getAttribute("href");
      show(fresh.querySelector("[data-watch] table"));
    }
  }
  function show(table) {
    if (!table) return;
    const body = watch.querySelector("tbody");
    if (!body) {
      watch.querySelector(".empty")?.replaceWith(document.adoptNode(table.closest(".scroll")));
      return;
    }
    for (const row of [...table.tBodies[0].rows]) { row.classList.add("fresh"); body.prepend(document.adoptNode(row)); }
    while (body.rows.length > rows_max) body.lastElementChild.remove();
  }
  listen();
}
