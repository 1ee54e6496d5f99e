// One stream of news for all tabs of the browser: tabs talk to this worker, and it alone to the node. A tab that is closed is
// noticed when it does not answer; without tabs the browser ends the worker and its stream.
const address = new URL(self.location.href).searchParams.get("from");
const tabs = new Set();
let stream = null;

const tell = () => tabs.forEach((tab) => tab.postMessage("look again"));

function open() {
  let lost = false;
  stream = new EventSource(address);
  stream.addEventListener("change", tell);
  stream.addEventListener("open", () => { if (lost) tell(); lost = false; });
  stream.addEventListener("error", () => {
    if (!lost) tell();
    lost = true;
    // The browser opens a stream that broke again by itself, but not one that was refused: by a node that is starting, or
    // because a session is over.
    if (stream.readyState === EventSource.CLOSED) {
      stream = null;
      setTimeout(() => { if (!stream && tabs.size > 0) { open(); tell(); } }, 5000);
    }
  });
}

self.addEventListener("connect", (event) => {
  const [tab] = event.ports;
  tabs.add(tab);
  tab.addEventListener("message", () => {
    tabs.delete(tab);
    if (tabs.size === 0 && stream) { stream.close(); stream = null; }
  });
  tab.start();
  if (!stream) open();
});
