// Drives the search that readers run: `node drive.mjs MODULE FOLDER`, one JSON request a line on standard input.
// {"terms": […], "variants": […]} answers the words of each text; {"query", "language"} the hits of the
// index in FOLDER. With `"cost": true` a hit list carries the bytes and files that a fresh reader fetches.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [module, folder] = process.argv.slice(2);
const engine = await import(pathToFileURL(module));
let fetched = [];
const read = async (url) => {
  const bytes = readFileSync(`${folder}/${url}`);
  fetched.push([url, bytes.length]);
  return new Uint8Array(bytes);
};
const readers = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const { terms, variants, query, language, cost, limit = 8 } = JSON.parse(line);
  let answer;
  if (terms) {
    const map = engine.parseVariants(Uint8Array.from(variants));
    answer = terms.map((text) => engine.terms(text, map));
  } else {
    if (cost || !readers.has(language)) readers.set(language, engine.open("", language, read));
    fetched = [];
    const start = performance.now();
    const { count, hits, unknown } = await readers.get(language).find(query, { limit });
    answer = { count, unknown, hits: hits.map(({ url, title, section, language, score }) => ({ url, title, section, language, score })) };
    answer.ms = performance.now() - start;
    if (cost) {
      answer.files = fetched.length;
      answer.bytes = fetched.reduce((sum, [, size]) => sum + size, 0);
    }
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
