// What a reader has of a site with `offline: true` when the network is gone, and when a new build comes, in Chromium.
// `node offline.mjs FOLDER PROGRAM`: a copy of the project to change and build, and the program.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { launch, serve } from "./site.mjs";

const [folder, program] = process.argv.slice(2);
const settings = path.join(folder, "guides/site.yaml");
const plain = readFileSync(settings, "utf8").replace(/^offline:.*\n/m, "");
const GUIDE = "/sub/en/al/cancel-sim/";
const OTHER = "/sub/en/al/lost-sim/";

/** A build below `/sub/`, in a folder of its own; `change` is what is new in it. */
const build = (name, offline, change = () => {}) => {
  writeFileSync(settings, plain);
  if (offline !== undefined) appendFileSync(settings, `offline: ${offline}\n`);
  change();
  const output = path.join(folder, name, "sub");
  execFileSync(program, ["--root", folder, "-q", "build", "--as-of", "2026-09-01", "--base-url", "https://example.org/sub/", "--output", output]);
  return path.join(folder, name);
};
const edit = (file, from, to) => {
  const name = path.join(folder, file);
  const text = readFileSync(name, "utf8");
  assert.ok(text.includes(from), `${file} has no ${from}`);
  writeFileSync(name, text.replaceAll(from, to));
};
const first = build("first", true);
const second = build("second", true, () => {
  for (const guide of ["cancel-sim", "lost-sim"]) edit(`guides/al/${guide}/en.md`, "\ntitle: ", "\ntitle: Newly ");
  appendFileSync(path.join(folder, "themes/default/assets/search.js"), "\n// Newly.\n");
});
const third = build("third", false);

let server, port = 0;
/** Another host at the same address. */
const host = async (root) => {
  await cut();
  server = await serve(root, port);
  port = server.address().port;
};
const cut = async () => {
  if (!server) return;
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  server = undefined;
};
const at = (url) => `http://127.0.0.1:${port}${url}`;
const until = async (what, test) => {
  for (let turn = 0; turn < 150; turn++) {
    if (await test().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(`in vain: ${what}`);
};
const caches = (page) => page.evaluate(async () => (await globalThis.caches.keys()).filter((name) => name.startsWith("cicerone:")));
const isKept = (page, url) => page.evaluate(async (url) => !!(await globalThis.caches.match(url)), url);
const sum = (page, url) => page.evaluate(async (url) => [...new Uint8Array(await (await fetch(url)).arrayBuffer())].join(), url);
const bytes = (root, url) => [...readFileSync(path.join(root, url))].join();
/** While one worker gives way to another, Chromium now and then keeps a navigation waiting: then a reader tries again. */
const go = async (page, url) => {
  const attempt = () => page.goto(at(url), { timeout: 10_000 });
  await attempt().catch(attempt).catch(attempt);
};
/** What says which page has come with which build. */
const bindings = (page) => page.evaluate(async () => {
  const found = [];
  for (const name of await globalThis.caches.keys()) {
    for (const { url } of await (await globalThis.caches.open(name)).keys()) if (url.includes("?client=")) found.push(url);
  }
  return found;
});
const settled = async (page, url) => {
  await go(page, url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until(`${url} is kept`, () => isKept(page, url));
};

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
const page = await context.newPage();
const faults = [];
let silent = true;
page.on("console", (message) => { if (silent && ["error", "warning"].includes(message.type())) faults.push(message.text()); });
page.on("pageerror", (error) => faults.push(String(error)));

const tests = {
  async "read, cut the network, read again"() {
    await host(first);
    await settled(page, GUIDE);
    await settled(page, OTHER);
    assert.equal(await page.locator(".offline").count(), 0);
    silent = false;
    await cut();
    await go(page, GUIDE);
    assert.equal(await page.textContent("h1"), "Cancel an Albanian SIM");
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".path > li"), "::before").position), "absolute");
    await page.waitForSelector(".offline:not([hidden])");
    assert.match(await page.textContent(".offline"), /offline/);
    // Operators and emergency numbers of its country, which nobody has opened.
    await go(page, "/sub/en/operators/al/vodafone/");
    assert.ok(await page.locator("a[href='tel:140']").count());
    await go(page, "/sub/en/al/");
    assert.ok(await page.locator("a[href='tel:112']").count());
    // What was not read has the first page in its place.
    await go(page, "/sub/en/al/complain/");
    assert.equal(await page.locator("body.home").count(), 1);
    await page.waitForSelector(".offline:not([hidden])");
  },
  async "search without a network"() {
    await go(page, GUIDE);
    await page.fill("form.search input", "stolen card");
    await page.waitForSelector(".found [role=option]:not(.none)");
    await go(page, "/sub/en/search/?q=police");
    await page.waitForSelector(".hits > li");
  },
  async "a page never gets the search of another build"() {
    silent = true;
    await host(first);
    const before = await bindings(page);
    await settled(page, GUIDE);
    // The worker asks the host which build that was, so the host goes on only then.
    await until("the page is bound to its build", async () => (await bindings(page)).some((one) => !before.includes(one)));
    await host(second);
    const later = await context.newPage();
    await go(later, GUIDE);
    assert.match(await later.textContent("h1"), /^Newly/);
    // Under the old worker the new page asks the host, the old one its own build.
    const root = "/sub/search/en.idx";
    assert.notEqual(bytes(first, root), bytes(second, root));
    assert.equal(await sum(later, root), bytes(second, root));
    assert.equal(await sum(page, root), bytes(first, root));
    const update = () => later.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().then(() => true));
    await until("the new build takes over", async () => (await caches(later)).length === 2 || (await update(), false));
    await until("it has what was read", async () => later.evaluate(async () => !(await navigator.serviceWorker.getRegistration()).installing));
    // Under the new worker as well, and for the page that names the engine.
    assert.equal(await sum(page, root), bytes(first, root));
    assert.equal(await sum(page, "/sub/en/search/"), bytes(first, "/sub/en/search/index.html"));
    await settled(later, GUIDE);
    assert.equal(await sum(later, root), bytes(second, root));
    assert.equal(await sum(later, "/sub/en/search/"), bytes(second, "/sub/en/search/index.html"));
    await go(page, GUIDE);
    // It goes when a page comes and the browser no longer names the last one of that build.
    await until("the old build has gone", async () => (await caches(page)).length === 1 || (await page.reload(), false));
    await later.close();
    // A guide that was read before the update is there as the update has it.
    silent = false;
    await cut();
    await go(page, OTHER);
    assert.match(await page.textContent("h1"), /^Newly/);
    silent = true;
  },
  async "an update that breaks off leaves the build before it"() {
    await host(second);
    await settled(page, GUIDE);
    execFileSync("cp", ["-r", first, path.join(folder, "broken")]);
    // The host goes away in the middle: a page that was kept cannot be fetched.
    server.close();
    server.closeAllConnections();
    server = await serve(path.join(folder, "broken"), port, (url) => url === OTHER);
    silent = false;
    await go(page, "/sub/en/");
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {}));
    await until("the attempt is over", async () => page.evaluate(async () => !(await navigator.serviceWorker.getRegistration()).installing));
    assert.equal((await caches(page)).length, 1);
    await cut();
    await go(page, GUIDE);
    assert.match(await page.textContent("h1"), /^Newly/);
    silent = true;
  },
  async "the worker is taken away where the site says so"() {
    await host(second);
    await settled(page, GUIDE);
    await host(third);
    // The host before it may have broken off the first request.
    await go(page, GUIDE);
    await go(page, GUIDE);
    await until("it has gone", async () => page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration?.update();
      return !registration;
    }));
    assert.deepEqual(await caches(page), []);
  },
  async "the preview has none, and takes away one that was left"() {
    await host(second);
    await settled(page, GUIDE);
    await cut();
    writeFileSync(settings, plain.replace(/^base_url:.*$/m, "base_url: https://example.org/sub/") + "offline: true\n");
    const preview = spawn(program, ["--root", folder, "serve", "--port", String(port), "--as-of", "2026-09-01"], { stdio: "ignore" });
    try {
      silent = false;
      await until("the preview is there", async () => (await fetch(at("/sub/en/"))).ok);
      await go(page, GUIDE);
      await go(page, GUIDE);
      await until("the worker has gone", async () => page.evaluate(async () => !(await navigator.serviceWorker.getRegistration())));
      await go(page, GUIDE);
      assert.equal(await page.locator("script[data-worker]").count(), 0);
    } finally {
      preview.kill();
    }
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  if (process.env.ONLY && !name.includes(process.env.ONLY)) continue;
  try {
    await test();
    console.log(`ok   ${name}`);
  } catch (fault) {
    failed++;
    console.log(`FAIL ${name}\n${fault.stack}`);
  }
}
await browser.close();
await cut();
if (faults.length) console.log(`FAIL the console is silent\n${[...new Set(faults)].join("\n")}`);
process.exit(failed || faults.length ? 1 : 0);
