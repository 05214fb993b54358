// What a reader meets on a phone, on a desk and on paper, in Chromium: the answer, the steps, the budgets.
// `node reader.mjs SITE PROGRAM FOLDER ARABIC`: a built site, the program that built it, a folder to build others in, and a
// site in Arabic.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { address, axe, launch, serve } from "./site.mjs";

const [site, program, folder, arabic] = process.argv.slice(2);
const LANGUAGES = ["en", "zh-hans", "zh-hant", "sq"];
const WIDTHS = [390, 768, 1280];
const PHONE = { width: 390, height: 844 };
const GUIDE = "/en/al/cancel-sim/";

const text = (url) => readFileSync(path.join(site, decodeURIComponent(url), url.endsWith("/") ? "index.html" : ""), "utf8");
const pages = readdirSync(site, { recursive: true })
  .filter((name) => name.endsWith("index.html"))
  .map((name) => "/" + name.replaceAll(path.sep, "/").slice(0, -"index.html".length));
const guides = pages.filter((url) => text(url).includes("data-guide="));
/** A page of each kind in a language; of guides a long one, one without steps, and one that is not translated. */
const kinds = (language) => {
  const of = (kind) => pages.find((url) => url.startsWith(`/${language}/`) && text(url).includes(`<body class="${kind}">`));
  const like = (id) => guides.find((url) => url.startsWith(`/${language}/`) && text(url).includes(`data-guide="${id}"`));
  const all = ["home", "section", "operators", "operator", "tags", "tag", "glossary", "index", "search", "translations"].map(of);
  return [...all, ...["al/cancel-sim", "al/emergency-numbers", "tw/port-number"].map(like), `/${language}/404.html`];
};

const server = await serve(site);
const second = await serve(arabic);
/** Every page of the site in Arabic, with the server that has it. */
const fromRight = readdirSync(arabic, { recursive: true })
  .filter((name) => /^(ar|en\/eg\/cancel)\/.*(index|404)\.html$/.test(name.replaceAll(path.sep, "/")))
  .map((name) => ["/" + name.replaceAll(path.sep, "/").replace(/index\.html$/, ""), second]);
const inEveryLanguage = () => LANGUAGES.flatMap((language) => kinds(language)).map((url) => [url, server]).concat(fromRight);
const browser = await launch();
const faults = [];
const open = async (url, options = {}, on = server) => {
  const context = await browser.newContext({ viewport: PHONE, ...options });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`${url}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${url}: ${error}`));
  if (options.before) await options.before(page);
  await page.goto(address(on, url));
  return page;
};
const close = (page) => page.context().close();
/** `work` on each of `list`, two at a time. */
const each = async (list, work) => {
  const waiting = [...list];
  const worker = async () => { while (waiting.length) await work(waiting.shift()); };
  await Promise.all([worker(), worker()]);
};
const zipped = (text) => gzipSync(text, { level: 9, memLevel: 9 }).length;
const asset = (url) => readFileSync(path.join(site, url), "utf8");
const seen = (page, selector) => page.evaluate((selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility({ contentVisibilityAuto: true })).length, selector);

/** Whether something comes to be seen: what a page folds opens when it is drawn anew. */
const isSeen = async (page, selector) => {
  for (let tries = 0; tries < 60; tries++) {
    if (await seen(page, selector)) return true;
    await new Promise((soon) => setTimeout(soon, 50));
  }
  return false;
};

const tests = {
  async "budgets: a guide with its styles, scripts, search"() {
    const sums = guides.map((url) => {
      const html = text(url);
      const styles = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => zipped(asset(href)));
      return [zipped(html) + styles.reduce((sum, one) => sum + one, 0), url];
    }).sort(([a], [b]) => b - a);
    const html = text(GUIDE);
    const scripts = [...html.matchAll(/<script src="([^"]+)"/g)].map(([, src]) => zipped(asset(src)));
    const script = scripts.reduce((sum, one) => sum + one, 0);
    const find = zipped(asset(html.match(/data-interface="([^"]+)"/)[1]));
    const engine = zipped(asset(text("/en/search/").match(/data-engine="([^"]+)"/)[1]));
    console.log(`     heaviest guide ${sums[0][0]} bytes (${sums[0][1]}), scripts ${script}, search ${find + engine}`);
    assert.deepEqual(sums.filter(([sum]) => sum > 14_000), []);
    assert.ok(script <= 5_000 && find + engine <= 15_000);
  },
  async "a page's kind changes neither its head nor what is printed of it"() {
    let head;
    await each(kinds("en"), async (url) => {
      const page = await open(url, { viewport: { width: 1280, height: 900 } });
      const brand = await page.evaluate(() => {
        const { width, height } = document.querySelector(".brand").getBoundingClientRect();
        const foot = getComputedStyle(document.querySelector(".foot a")).backgroundColor;
        return `${Math.round(width)} × ${Math.round(height)}, links of the foot on ${foot}`;
      });
      head ??= brand;
      assert.equal(brand, head, url);
      await page.emulateMedia({ media: "print" });
      const printed = await page.evaluate(() => document.querySelector("main").innerText.trim().length);
      // The search has nothing to print but its name.
      assert.ok(printed > (url.includes("/search/") ? 5 : 40), `${url}: ${printed} characters are printed`);
      await close(page);
    });
  },
  async "on a phone the first screen answers, and no guide is long"() {
    let longest = 0;
    await each(guides, async (url) => {
      const page = await open(url);
      const facts = await page.evaluate(() => {
        const tops = (selector) => [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect().bottom);
        return {
          answer: Math.min(...tops("main :is(.start a, a[href^='tel:'])")),
          step: Math.min(...tops(".path > li :is(h3, h4)")),
          screens: document.documentElement.scrollHeight / innerHeight,
        };
      });
      assert.ok(facts.answer <= 844, `${url}: the answer ends at ${facts.answer}`);
      if (facts.step < Infinity) assert.ok(facts.step <= 2 * 844, `${url}: the first step ends at ${facts.step}`);
      assert.ok(facts.screens <= 8, `${url}: ${facts.screens} screens`);
      longest = Math.max(longest, facts.screens);
      await close(page);
    });
    console.log(`     the longest guide is ${longest.toFixed(1)} screens`);
  },
  async "nothing scrolls sideways at 320 px, and nothing moves while page and script come slowly"() {
    const slow = new Map([[server, await serve(site, 0, undefined, 5)], [second, await serve(arabic, 0, undefined, 5)]]);
    const late = async (page) => {
      await page.route("**/script.*.js", async (route) => { await new Promise((soon) => setTimeout(soon, 150)); await route.continue(); });
      await page.addInitScript(() => {
        window.shifts = [];
        const what = ({ node }) => (node?.outerHTML ?? node?.textContent ?? "").slice(0, 60);
        new PerformanceObserver((list) => {
          for (const { value, sources } of list.getEntries()) window.shifts.push([value, ...sources.map(what)]);
        }).observe({ type: "layout-shift", buffered: true });
      });
    };
    const all = inEveryLanguage();
    const narrow = all.concat(guides.filter((url) => !all.some(([one]) => one === url)).map((url) => [url, server]));
    const runs = [...narrow.map((one) => [...one, 320]), ...all.map((one) => [...one, 1280])];
    await each(runs, async ([url, on, width]) => {
      const page = await open(url, { viewport: { width, height: 844 }, before: late }, slow.get(on));
      await page.waitForTimeout(60);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${url} scrolls sideways at ${width}`);
      assert.deepEqual(await page.evaluate(() => window.shifts), [], `${url} moves at ${width}`);
      await close(page);
    });
    for (const one of slow.values()) one.close();
  },
  async "axe finds nothing: every kind of page, language, width, light, dark, paper, forced colours"() {
    const found = [];
    let runs = 0;
    await each([["/", server], ...inEveryLanguage()], async ([url, on]) => {
      const page = await open(url, { bypassCSP: true }, on);
      await page.addScriptTag({ content: axe });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        for (const [mode, media] of Object.entries({
          light: { colorScheme: "light" }, dark: { colorScheme: "dark" }, forced: { colorScheme: "light", forcedColors: "active" }, print: { media: "print" },
        })) {
          await page.emulateMedia({ media: "screen", forcedColors: "none", ...media });
          // What is on the page is the same in all colours: the rest of the rules need to look once a width.
          const options = mode === "light" ? { rules: { "target-size": { enabled: true } } } : { runOnly: ["color-contrast"] };
          const { violations } = await page.evaluate((options) => globalThis.axe.run(options), options);
          runs++;
          for (const { id, nodes } of violations) found.push(`${url} ${width} ${mode}: ${id} ${nodes.map(({ html }) => html).slice(0, 3).join(" ")}`);
        }
      }
      await close(page);
    });
    console.log(`     ${runs} runs`);
    assert.deepEqual(found, []);
  },
  async "axe finds nothing where everything is unfolded"() {
    for (const colorScheme of ["light", "dark"]) {
      const page = await open(GUIDE, { bypassCSP: true, colorScheme });
      await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.removeAttribute("name"); fold.open = true; }));
      await page.addScriptTag({ content: axe });
      const { violations } = await page.evaluate(() => globalThis.axe.run({ rules: { "target-size": { enabled: true } } }));
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
      await close(page);
    }
  },
  async "by keyboard alone: choose an operator, tick a step, search"() {
    const page = await open(GUIDE);
    await page.focus(".choice input:checked");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.textContent(".choice :checked + *, .choice label:has(:checked)"), "Vodafone");
    assert.equal(await seen(page, ".calls li"), 1);
    await page.reload();
    assert.equal(await seen(page, ".calls li"), 1);
    await page.focus(".path > li .tick input");
    await page.keyboard.press("Space");
    // The step that is done is a line, the next one is open and has the focus.
    assert.equal(await page.getAttribute("#find-numbers > details", "open"), null);
    assert.equal(await page.getAttribute("#contact > details", "open"), "");
    assert.equal(await page.evaluate(() => document.activeElement.closest("li").id), "contact");
    await page.keyboard.press("Enter");
    assert.equal(await page.getAttribute("#contact > details", "open"), null);
    await page.focus("#materials");
    await page.evaluate(() => document.querySelector("#by-phone"));
    await page.goto(address(server, GUIDE + "#id-document"));
    await page.check("#id-document input");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.type), "search");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Control+k");
    assert.equal(await page.evaluate(() => document.activeElement.type), "search");
    await close(page);
  },
  async "a link opens what it leads to, with a script and without"() {
    for (const javaScriptEnabled of [true, false]) {
      for (const [id, inside] of [["request", "#final"], ["in-writing", "#in-writing .channels"], ["lost", "#lost"], ["materials", "#iccid"]]) {
        const page = await open(`${GUIDE}#${id}`, { javaScriptEnabled });
        assert.ok(await page.locator(inside).first().evaluate((one) => one.checkVisibility()), `#${id} is closed, script ${javaScriptEnabled}`);
        await close(page);
      }
    }
  },
  async "without JavaScript every fact is there, and opens"() {
    const [plain, full] = [await open(GUIDE, { javaScriptEnabled: false }), await open(GUIDE)];
    const words = (page) => page.evaluate(() => {
      const copy = document.querySelector("main").cloneNode(true);
      copy.querySelectorAll(".progress, .tick > input, .anchor, .hush, .printed").forEach((one) => one.remove());
      return copy.textContent.replace(/Done/g, "").replace(/\s+/g, "");
    });
    assert.equal(await words(plain), await words(full));
    assert.equal(await seen(plain, ".path > li > details"), await seen(full, ".path > li > details"));
    await plain.click("#contact > details > summary");
    await plain.click("#in-shop summary");
    assert.equal(await seen(plain, "#in-shop .channels li"), 2);
    // One way at a time.
    assert.equal(await seen(plain, "#by-phone .channels li"), 0);
    assert.equal(await seen(plain, ".theme, .progress"), 0);
    await close(plain);
    await close(full);
  },
  async "paper has everything, and of the operators the chosen one"() {
    const page = await open(GUIDE, { javaScriptEnabled: false });
    await page.emulateMedia({ media: "print" });
    for (const part of ["#other-name", "#iccid", "#in-writing .channels", "#no-network", "#reactivate p", ".printed"]) {
      assert.ok(await isSeen(page, part), `${part} is not printed`);
    }
    await close(page);
    const chosen = await open(GUIDE);
    await chosen.check(".choice [value='al/one']", { force: true });
    await chosen.emulateMedia({ media: "print" });
    assert.ok(await isSeen(chosen, "#in-shop [data-operator='al/one'] .channels li"));
    assert.equal(await seen(chosen, "main [data-operator='al/vodafone']"), 0);
    assert.match(await chosen.innerText(".printed"), /^https:\/\/example\.org\/en\/al\/cancel-sim\/ · Now showing: One$/);
    assert.equal(await chosen.isVisible(".review time"), true);
    await close(chosen);
  },
  async "ticks belong to ids or words, never to places"() {
    const build = async (steps) => {
      mkdirSync(path.join(folder, "guides/g"), { recursive: true });
      writeFileSync(path.join(folder, "guides/site.yaml"), "title: Notes\nbase_url: https://notes.example/\nlanguages: [en]\n");
      writeFileSync(path.join(folder, "guides/g/en.md"), `---\ntitle: G\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}---\nx\n`);
      execFileSync(program, ["--root", folder, "-q", "build", "--output", path.join(folder, "site")]);
    };
    const steps = ["Save the contacts", "{id: call, title: Call the operator}", "Destroy the card"];
    await build(steps);
    const own = await serve(path.join(folder, "site"));
    const page = await open("/en/g/", {}, own);
    for (const step of [1, 2]) await page.check(`.path > li:nth-child(${step}) input`);
    const ticked = () => page.locator("[data-ticked] h3").evaluateAll((titles) => titles.map((title) => title.firstChild.textContent));
    assert.deepEqual(await ticked(), ["Save the contacts", "Call the operator"]);
    for (const [changed, expected] of [
      [["Read the contract", ...steps], ["Save the contacts", "Call the operator"]],
      [[steps[2], steps[0]], ["Save the contacts"]],
      [["{id: call, title: Telephone them}", "Something else"], ["Telephone them"]],
      [["Save the contacts", "Save the contacts"], ["Save the contacts"]],
    ]) {
      await build(changed);
      await page.reload();
      assert.deepEqual(await ticked(), expected);
    }
    await close(page);
    own.close();
  },
  async "a term opens above the text, by tap and by keyboard, and is a link without a script"() {
    const term = "#find-numbers p > a[href$='/glossary/#imei']";
    const page = await open(GUIDE);
    await page.click(term);
    const note = page.locator("[popover]");
    await note.waitFor();
    assert.match(await note.innerText(), /^IMEI\n+The number that names the handset/);
    const box = await note.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390 && box.y >= 0 && box.y + box.height <= 844);
    await page.keyboard.press("Escape");
    assert.equal(await note.isVisible(), false);
    await page.focus(term);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.closest("[popover]"));
    await page.keyboard.press("Enter");
    await page.waitForURL("**/en/glossary/#imei");
    await close(page);
    const plain = await open(GUIDE, { javaScriptEnabled: false });
    await plain.click(term);
    assert.equal(new URL(plain.url()).hash, "#imei");
    await close(plain);
  },
  async "a source stands beside its claim where there is room, and nowhere else"() {
    for (const [width, media, expected] of [[1700, "screen", true], [1280, "screen", false], [390, "screen", false], [1700, "print", false]]) {
      const page = await open(GUIDE, { viewport: { width, height: 844 } });
      await page.emulateMedia({ media });
      const shown = await page.evaluate(() => getComputedStyle(document.querySelector(".mark"), "::after").content !== "none");
      assert.equal(shown, expected, `${width} ${media}`);
      const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
      assert.ok(fits);
      await close(page);
    }
  },
  async "light and dark are the reader's choice, on every page from its first moment"() {
    const page = await open(GUIDE);
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.selectOption(".theme select", "dark");
    const dark = await paper();
    assert.notEqual(dark, light);
    await page.route("**/script.*.js", (route) => route.abort());
    faults.length = 0;
    await page.goto(address(server, "/zh-hans/"));
    assert.equal(await paper(), dark);
    faults.length = 0;
    await close(page);
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  if (process.env.ONLY && !name.includes(process.env.ONLY)) continue;
  const started = Date.now();
  try {
    await test();
    console.log(`ok   ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  } catch (fault) {
    failed++;
    console.log(`FAIL ${name}\n${fault.stack}`);
  }
}
await browser.close();
server.close();
second.close();
if (faults.length) console.log(`FAIL the console is silent\n${[...new Set(faults)].join("\n")}`);
process.exit(failed || faults.length ? 1 : 0);
