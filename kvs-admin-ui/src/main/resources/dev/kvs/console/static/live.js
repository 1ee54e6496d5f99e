// One stream of news for all tabs of the browser: tabs talk to this worker, and it alone to the node. A tab that is closed is
// noticed when it does not answer; without tabs the browser ends the worker and its stream.
const address = new URL(self.location.href).searchParams.get("from");
const tabs = new Set();
let stream = null;

const tell = (message) => tabs.forEach((tab) => tab.postMessage(message));

function open() {
  stream = new EventSource(address);
  stream.addEventListener("change", () => tell("change"));
  stream.addEventListener("error", () => {
    // Refused for good: a session that is over. A stream that only broke is opened again by the browser itself.
    if (stream.readyState === EventSource.CLOSED) { stream = null; tell("ended"); }
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
