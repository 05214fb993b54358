// Gives the search files that are cut or altered: `node broken.mjs MODULE FOLDER ROUNDS [SEED]`, or `30s` for ROUNDS.
// Each query is answered or fails; none hangs. What the search makes of such files is of no matter.
import { readFileSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

// However busy the machine is.
const LONGEST = 20_000;

if (isMainThread) {
  const [module, folder, rounds = "200", seed = "1"] = process.argv.slice(2);
  const worker = new Worker(new URL(import.meta.url), { workerData: { module, folder, rounds, seed: Number(seed) } });
  let last = "nothing yet", heard = Date.now(), done = false;
  worker.on("message", (message) => {
    heard = Date.now();
    last = message.state ?? last;
    if (message.count !== undefined) {
      console.log(JSON.stringify(message));
      done = true;
    }
  });
  worker.on("error", (error) => { console.error(error, "at", last); process.exit(1); });
  worker.on("exit", () => process.exit(done ? 0 : 1));
  setInterval(() => {
    if (Date.now() - heard > LONGEST) {
      console.error(`the search hangs: ${last}`);
      process.exit(1);
    }
  }, 500).unref();
} else {
  const { module, folder, rounds, seed } = workerData;
  const engine = await import(pathToFileURL(module));
  const files = new Map();
  const collect = (path) => {
    for (const entry of readdirSync(`${folder}/${path}`, { withFileTypes: true })) {
      const name = `${path}${entry.name}`;
      if (entry.isDirectory()) collect(`${name}/`); else files.set(name, new Uint8Array(readFileSync(`${folder}/${name}`)));
    }
  };
  collect("");
  const seconds = rounds.endsWith("s") ? Number(rounds.slice(0, -1)) : Infinity;
  const most = seconds === Infinity ? Number(rounds) : Infinity;
  const end = Date.now() + seconds * 1000;
  let state = seed;
  // Numbers that are the same for the same seed (mulberry32).
  const random = (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const altered = (bytes) => {
    const way = random(6);
    if (way === 0) return bytes.slice(0, random(bytes.length + 1));
    if (way === 1) return Uint8Array.from({ length: random(300) }, () => random(256));
    if (way === 2) return new TextEncoder().encode("<!doctype html><title>Not found</title>".repeat(1 + random(20)));
    if (way === 3) return new Uint8Array(random(2000)).fill(random(2) * 255);
    const copy = bytes.slice();
    for (let times = 1 + random(8); times && copy.length; times--) copy[random(copy.length)] = random(256);
    return copy;
  };
  const queries = ["cancel sim card", "zhuxiao", "注销手机", "e sim", "042223344", "شريحة", "a", "cansel a crad", "x y z"];
  let count = 0, failed = 0;
  while (count < most && Date.now() < end) {
    const begin = state, which = random(3), language = ["en", "zh-Hans", "ja", "ar"][random(4)];
    const query = queries[random(queries.length)];
    parentPort.postMessage({ state: `seed ${begin}: \`${query}\` in ${language}` });
    const read = async (url) => {
      const path = new URL(url, "file:///search/").pathname.slice(1);
      const bytes = files.get(path);
      if (!bytes) throw new Error(`${path}: 404`);
      const isRoot = !path.startsWith("assets/");
      const chosen = which === 0 || (which === 1) === isRoot;
      return chosen && random(2) ? altered(bytes) : bytes;
    };
    try {
      const { hits } = await engine.open("", language, read).find(query, { limit: 8 });
      if (!Array.isArray(hits)) throw new TypeError("no list");
    } catch (error) {
      failed++;
    }
    count++;
  }
  parentPort.postMessage({ count, failed });
}
