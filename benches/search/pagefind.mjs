// Asks an index of Pagefind: `node pagefind.mjs FOLDER`, one request a line on standard input, answered as
// `tests/search/drive.mjs` answers. Its script takes Node for a browser that has a document and a network.
import { copyFileSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import path from "node:path";
import { pathToFileURL } from "node:url";

const folder = path.resolve(process.argv[2]);
const module = path.join(folder, "pagefind.mjs");
copyFileSync(path.join(folder, "pagefind.js"), module);
let language, fetched = [];
globalThis.window = { location: { origin: "null", href: pathToFileURL(module).href } };
globalThis.document = { currentScript: null, querySelector: () => ({ getAttribute: () => language }) };
globalThis.fetch = async (url) => {
  const file = String(url.url ?? url).replace(/\?.*/, "").replace(/^file:\/\//, "");
  const bytes = readFileSync(path.isAbsolute(file) ? file : path.join(folder, file));
  fetched.push([path.basename(file), bytes.length]);
  return new Response(bytes);
};
const readers = new Map();
let instance = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { query, cost, limit = 8, ...request } = JSON.parse(line);
  language = request.language.toLowerCase();
  if (cost || !readers.has(language)) {
    const pagefind = await import(`${pathToFileURL(module)}?${++instance}`);
    await pagefind.options({ basePath: `${folder}/` });
    readers.set(language, pagefind);
  }
  fetched = [];
  const start = performance.now();
  const { results } = await readers.get(language).search(query);
  const hits = await Promise.all(results.slice(0, limit).map((result) => result.data()));
  // Its program counts as its script does, which is there before anybody asks.
  const files = fetched.filter(([name]) => !name.startsWith("wasm."));
  process.stdout.write(JSON.stringify({
    count: results.length, hits: hits.map(({ url }) => ({ url })), ms: performance.now() - start,
    files: files.length, bytes: files.reduce((sum, [, size]) => sum + size, 0),
  }) + "\n");
}
