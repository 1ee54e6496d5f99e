// One stream of news for all tabs of the browser: tabs talk to this worker, and it alone to the node.
