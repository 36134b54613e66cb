// Starts the page's wasm. A file of its own, because the Content-Security-Policy forbids inline scripts.
// It also makes the one Trusted Types policy: strings become markup or a worker's address only here.
const script = document.querySelector("script[data-wasm]");
const runsCode = /<\s*(script|iframe|object|embed|base|link|meta)|\son\w+\s*=|javascript:/i;

globalThis.trustedTypes?.createPolicy("default", {
  // Leptos clones the static markup of its views from <template> elements; a chart's texts never come this way.
  createHTML(markup) {
    if (runsCode.test(markup)) throw new TypeError("refused markup that could run code");
    return markup;
  },
  createScriptURL(address) {
    const asked = new URL(address, document.baseURI);
    const worker = new URL("worker-boot.js", document.baseURI);
    if (asked.origin !== worker.origin || asked.pathname !== worker.pathname) {
      throw new TypeError(`refused to run ${asked}`);
    }
    return address;
  },
});

const page = await import(new URL(script.dataset.js, document.baseURI));
await page.default({ module_or_path: new URL(script.dataset.wasm, document.baseURI) });
