// Starts the Worker's wasm. The page asks for it as `worker-boot.js?v=<build>`; the same query goes on to the
// two files behind it, whose names carry no content hash, so that no cache mixes two builds.
const build = self.location.search;
const engine = await import(new URL(`worker.js${build}`, self.location));
await engine.default({ module_or_path: new URL(`worker_bg.wasm${build}`, self.location) });
