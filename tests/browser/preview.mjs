// What an editor sees of the preview, in Chromium, under the strict policy that a site may set.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";

const [project, program] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** The program while it serves the project. */
const serve = (port = 0) => new Promise((resolve, reject) => {
  const child = spawn(program, ["--root", project, "serve", "--port", String(port)], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((end) => child.on("exit", (code) => end(code)));
  let said = "";
  child.stderr.on("data", (bytes) => {
    said += bytes;
    const address = said.match(/ at (http:\S+):(\d+)\//);
    if (address) resolve({ child, ended, url: address[1] + ":" + address[2], port: Number(address[2]), said: () => said });
  });
  ended.then(() => reject(new Error(said)));
});

const executablePath = [process.env.BROWSER, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => file && existsSync(file));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const faults = [];
let server = await serve();

const open = async (url, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`${url}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${url}: ${error}`));
  // The site's pages, as a host would send them.
  await page.route("**/*", async (route) => {
    if (options.bypassCSP || route.request().resourceType() !== "document") return route.continue();
    const response = await route.fetch({ maxRedirects: 0 });
    await route.fulfill({ response, headers: { "content-security-policy": POLICY, ...response.headers() } });
  });
  await page.goto(server.url + url);
  return page;
};

const file = (name) => path.join(project, name);
/** Writes what `edit` makes of a file, and undoes it afterwards. */
const edited = async (name, edit, then) => {
  const text = readFileSync(file(name), "utf8");
  assert.notEqual(edit(text), text, `${name} is edited`);
  writeFileSync(file(name), edit(text));
  try { await then(text); } finally { writeFileSync(file(name), text); }
};
/** Waits until the server says `words` at an address, so that no page is opened that is about to reload. */
const told = async (url, words) => {
  for (const end = Date.now() + 30_000; !(await (await fetch(server.url + url)).text()).includes(words);) {
    assert.ok(Date.now() < end, `${url} never said ${words}`);
    await new Promise((soon) => setTimeout(soon, 50));
  }
};
const COMPARISON = "/_cicerone/compare/al/cancel-sim?left=en&right=zh-Hans";
const NEW = "Call from the number in question.";
const mark = (page) => page.evaluate(() => { window.mark = 1; });
const marked = (page) => page.evaluate(() => window.mark === 1);
const GUIDE = "guides/al/cancel-sim/en.md";
const CHANGED = (text) => text.replace("Call from the Albanian number if you can.", NEW);

const tests = {
  async "a saved guide shows itself, where its reader stands, and no other page stirs"() {
    const page = await open("/en/al/cancel-sim/");
    const other = await open("/en/al/complain/");
    await mark(page);
    await mark(other);
    const top = () => page.evaluate(() => document.getElementById("by-phone").getBoundingClientRect().top);
    await page.evaluate(() => document.getElementById("by-phone").scrollIntoView({ behavior: "instant" }));
    const before = await top();
    const started = Date.now();
    // A longer introduction, above the place that is looked at.
    const longer = (text) => CHANGED(text).replace("Three things are easily mixed up:", "Three things are easily mixed up:\n\n" + "So they are. ".repeat(100));
    await edited(GUIDE, longer, async () => {
      await page.waitForSelector(`text=${NEW}`);
      console.log(`     shown after ${Date.now() - started} ms`);
      await page.waitForFunction((before) => Math.abs(document.getElementById("by-phone").getBoundingClientRect().top - before) < 3, before);
      assert.equal(await marked(page), false);
      assert.equal(await marked(other), true);
    });
    await page.waitForSelector("text=Call from the Albanian number if you can.");
    assert.equal(await marked(other), true);
    await page.context().close();
    await other.context().close();
  },
  async "broken front matter shows its fault, and mended the page"() {
    const page = await open("/en/al/cancel-sim/");
    await edited(GUIDE, (text) => text.replace("title: ", "title: ["), async () => {
      await page.waitForSelector(".cicerone-faults .cicerone-error");
      const told = await page.textContent(".cicerone-faults");
      assert.match(told, /guides\/al\/cancel-sim\/en\.md:\d+:\d+/);
      assert.match(told, /title: \[/);
      assert.equal(await page.isVisible(".cicerone-faults pre"), true);
      assert.match(await page.textContent(".cicerone-faulty"), /error/);
    });
    await page.waitForSelector(".cicerone-badge:not(.cicerone-faulty)");
    await page.waitForSelector("h1:has-text('Cancel an Albanian SIM')");
    assert.equal(await page.locator(".cicerone-faults").count(), 0);
    await page.context().close();
  },
  async "a style sheet is exchanged without reloading"() {
    const page = await open("/en/al/cancel-sim/");
    await mark(page);
    const color = () => page.evaluate(() => getComputedStyle(document.querySelector("h1")).color);
    const before = await color();
    await edited("themes/default/assets/style.css", (text) => text + "\nh1{color:rgb(1,2,3)}\n", async () => {
      await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)");
      assert.equal(await marked(page), true);
    });
    await page.waitForFunction((before) => getComputedStyle(document.querySelector("h1")).color === before, before);
    assert.equal(await marked(page), true);
    assert.equal(await page.locator("link[rel=stylesheet][href*='/style.']").count(), 1);
    await page.context().close();
  },
  async "the first page speaks the browser's language"() {
    for (const [locale, home] of [["en-GB", "/en/"], ["zh-CN", "/zh-hans/"], ["zh-TW", "/zh-hant/"], ["sq-AL", "/sq/"]]) {
      const page = await open("/", { locale });
      assert.equal(new URL(page.url()).pathname, home);
      await page.context().close();
    }
  },
  async "each step leads to its line"() {
    const page = await open("/en/al/cancel-sim/");
    const pens = page.locator(".path > li > :is(details, h3, h4) > .cicerone-pen");
    assert.ok(await pens.count() >= 6);
    const lines = readFileSync(file(GUIDE), "utf8").split("\n");
    for (const href of await page.locator("main .cicerone-pen").evaluateAll((links) => links.map((link) => link.href))) {
      const [, line] = href.match(/^vscode:\/\/file\/.*\/guides\/al\/cancel-sim\/en\.md:(\d+):\d+$/);
      assert.match(lines[line - 1], /^## |^#+ .*\{#|^ *- ?|^ {2}[a-z-]+:|id:/);
    }
    assert.match(await page.getAttribute(".cicerone-edit", "href"), /\/guides\/al\/cancel-sim\/en\.md:2:\d+$/);
    await page.context().close();
  },
  async "a translation stands beside its original, on a desk and on a phone"() {
    await edited(GUIDE, CHANGED, async () => {
      await told(COMPARISON, NEW);
      for (const width of [1280, 390]) {
        const page = await open("/zh-hans/al/cancel-sim/", { viewport: { width, height: 844 } });
        await Promise.all([page.waitForURL((url) => url.href === server.url + COMPARISON), page.click(".cicerone-compare")]);
        await page.waitForSelector("#by-phone.stale");
        const [left, right] = await page.locator("#by-phone .pair > div").evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().toJSON()));
        assert.equal(width > 1000 ? left.top === right.top : right.top >= left.bottom, true);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
        await page.selectOption("select[name=right]", "sq");
        await Promise.all([page.waitForURL((url) => url.search === "?left=en&right=sq"), page.click("form button")]);
        assert.equal(await page.getAttribute("#by-phone .pair > div:last-child .words", "lang"), "sq");
        await page.context().close();
      }
    });
  },
  async "the overview follows what is saved, and fits a phone"() {
    const page = await open("/_cicerone/", { viewport: { width: 390, height: 844 } });
    await page.waitForSelector("text=Nothing is wrong.");
    await edited(GUIDE, (text) => text.replace("](../port-number/)", "](../prot-number/)"), async () => {
      await page.waitForSelector("#faults .cicerone-error");
      assert.match(await page.textContent("#faults"), /did you mean/);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    });
    await page.waitForSelector("text=Nothing is wrong.");
    await page.context().close();
  },
  async "axe finds nothing serious"() {
    await edited(GUIDE, CHANGED, async () => {
      await told("/en/al/cancel-sim/", NEW);
      for (const colorScheme of ["light", "dark"]) {
        for (const url of ["/_cicerone/", COMPARISON, "/en/al/cancel-sim/"]) {
          const page = await open(url, { bypassCSP: true, colorScheme });
          await page.addScriptTag({ content: axe });
          const { violations } = await page.evaluate(() => globalThis.axe.run());
          const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
          assert.deepEqual(grave.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], url);
          await page.context().close();
        }
      }
    });
  },
  async "a page waits for a preview that was started again"() {
    const page = await open("/en/al/complain/");
    await mark(page);
    server.child.kill("SIGINT");
    assert.equal(await server.ended, 0);
    assert.match(server.said(), /Goodbye\./);
    server = await serve(server.port);
    await page.waitForFunction(() => window.mark === undefined);
    await page.context().close();
    // What a browser says while there is no preview is no fault of it.
    for (let at = faults.length; at--;) if (/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|403 \(Forbidden\)/.test(faults[at])) faults.splice(at, 1);
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`ok   ${name}`);
  } catch (fault) {
    failed++;
    console.log(`FAIL ${name}\n${fault.stack}`);
  }
}
await browser.close();
server.child.kill("SIGINT");
if (faults.length) console.log(`FAIL the console is silent\n${faults.join("\n")}`);
process.exit(failed || faults.length ? 1 : 0);
