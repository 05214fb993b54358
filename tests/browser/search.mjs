// What a reader does with the search, in Chromium, under the strict policy that a site may set.
import assert from "node:assert/strict";
import { address, axe, launch, serve } from "./site.mjs";

const [site, hostile] = process.argv.slice(2);
const browser = await launch();
const faults = [];
const open = async (server, url, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`${url}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${url}: ${error}`));
  await page.goto(address(server, url));
  return page;
};
const box = "header [data-search] input";
const option = "[role=option]:not(.none)";
const ask = async (page, query, where = box) => {
  await page.click(where);
  await page.fill(where, query);
};
/** Nothing serious, by the rules of axe. It needs to run a script of ours, so the page has no policy then. */
const check = async (server, url, prepare) => {
  const page = await open(server, url, { bypassCSP: true });
  await prepare(page);
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  assert.deepEqual(grave.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], url);
  await page.context().close();
};

const tests = {
  async "type, arrow down, Enter: the reader stands at the step"(server) {
    const page = await open(server, "/en/");
    await ask(page, "ask for the number to be closed");
    await page.waitForSelector(option);
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.getAttribute(box, "aria-activedescendant"), await page.getAttribute(option, "id"));
    await Promise.all([page.waitForURL("**/en/al/cancel-sim/#request"), page.keyboard.press("Enter")]);
    assert.equal(await page.evaluate(() => document.querySelector(":target").id), "request");
  },
  async "either script finds the page in either script's interface"(server) {
    for (const [language, address] of [["zh-hans", "/zh-hans/al/cancel-sim/"], ["zh-hant", "/zh-hant/al/cancel-sim/"]]) {
      for (const query of ["注销", "註銷", "zhuxiao"]) {
        const page = await open(server, `/${language}/`);
        await ask(page, query);
        await page.waitForSelector(option);
        await page.keyboard.press("ArrowDown");
        await Promise.all([page.waitForURL(`**${address}`), page.keyboard.press("Enter")]);
        await page.context().close();
      }
    }
  },
  async "a key opens the search, Escape closes the list, and the count is told"(server) {
    const page = await open(server, "/en/al/cancel-sim/");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate((box) => document.activeElement === document.querySelector(box), box), true);
    await page.keyboard.type("vodaphone");
    await page.waitForSelector(option);
    assert.match(await page.textContent("header [data-search] [role=status]"), /^Results: \d+$/);
    assert.equal(await page.getAttribute(box, "aria-expanded"), "true");
    assert.match(await page.textContent(option), /Vodafone/);
    await page.keyboard.press("Escape");
    assert.equal(await page.getAttribute(box, "aria-expanded"), "false");
  },
  async "nonsense finds nothing and says so"(server) {
    const page = await open(server, "/sq/");
    await ask(page, "xqzt");
    await page.waitForSelector(".found .none");
    assert.match(await page.textContent(".found .none"), /Nuk u gjet asgjë për “xqzt”/);
  },
  async "hits in another language are labelled"(server) {
    const page = await open(server, "/en/");
    await ask(page, "注销");
    await page.waitForSelector(option);
    assert.equal(await page.textContent(`${option} .tongue`), "Simplified Chinese");
    assert.equal(await page.getAttribute(`${option} b`, "lang"), "zh-Hans");
  },
  async "the search page answers an address, and facets narrow it"(server) {
    const page = await open(server, "/en/search/?q=cancel");
    await page.waitForSelector("[data-results] > li");
    assert.equal(await page.getAttribute("[data-results] a", "href"), "/en/al/cancel-sim/");
    const all = Number((await page.textContent("[data-status]")).match(/\d+/)[0]);
    await page.selectOption("select[name=country]", "gb");
    await page.waitForURL("**/en/search/?q=cancel&country=gb");
    await page.waitForFunction((all) => Number(document.querySelector("[data-status]").textContent.match(/\d+/)[0]) < all, all);
    assert.match(await page.getAttribute("[data-results] a", "href"), /^\/en\/gb\//);
    await page.goBack();
    await page.waitForURL("**/en/search/?q=cancel");
    await page.selectOption("select[name=language]", "sq");
    await page.fill("main input[type=search]", "ankesa");
    await page.waitForFunction(() => document.querySelector("[data-results] a")?.getAttribute("href") === "/sq/al/ankesa/");
  },
  async "another language keeps what was searched for and the place, and is remembered"(server) {
    const page = await open(server, "/en/search/?q=second");
    const sq = ".languages a:has([lang=sq])";
    await page.click(".languages summary");
    await Promise.all([page.waitForURL("**/sq/search/?q=second"), page.click(sq)]);
    assert.equal(await page.inputValue("main input[type=search]"), "second");
    // A middle click as well: the address is there before the link is opened.
    await page.goto(page.url().replace(/\/sq\/.*/, "/en/al/cancel-sim/#steps"));
    await page.click(".languages summary");
    await page.locator(sq).dispatchEvent("pointerdown");
    assert.match(await page.locator(sq).evaluate((link) => link.href), /\/sq\/.*#steps$/);
    assert.match(await page.evaluate(() => document.cookie), /nf_lang=sq/);
    // The root leads on to it, but for somebody who comes from the site itself.
    await page.goto(page.url().replace(/\/en\/.*/, "/"));
    await page.waitForURL("**/sq/");
    await page.evaluate(() => location.assign("/"));
    await page.waitForURL((url) => url.pathname === "/");
    await page.waitForSelector("body.chooser");
  },
  async "Enter in the box of a page leads to the search page"(server) {
    const page = await open(server, "/en/");
    await ask(page, "cancel");
    await Promise.all([page.waitForURL("**/en/search/?q=cancel"), page.keyboard.press("Enter")]);
    await page.waitForSelector("[data-results] > li");
  },
  async "an operator's number can be tapped, and a step says which it is"(server) {
    const page = await open(server, "/en/search/?q=vodafone number");
    await page.waitForSelector("[data-results] .call");
    assert.match(await page.getAttribute("[data-results] .call", "href"), /^tel:\+?[0-9]+$/);
    assert.match(await page.getAttribute("[data-results] a", "href"), /operators\/al\/vodafone/);
    await page.goto(page.url().replace(/search.*/, "search/?q=ask for the number to be closed"));
    await page.waitForSelector("[data-results] .where");
    assert.match(await page.textContent("[data-results] .where"), /^Step [0-9.]+: /);
    // In the box of a page the number is an entry of its own.
    await page.goto(page.url().replace(/search.*/, ""));
    await ask(page, "vodafone number");
    await page.waitForSelector(`${option} b[dir=ltr]`);
  },
  async "words that no page has are named, and nothing found leaves ways on"(server) {
    const page = await open(server, "/en/search/?q=cancel zanzibar");
    await page.waitForSelector("[data-results] > li");
    assert.match(await page.textContent("[data-status]"), /No page has “zanzibar”\.$/);
    assert.equal(await page.isVisible("[data-empty]"), false);
    await page.fill("main input[type=search]", "xqzt");
    await page.waitForSelector("[data-empty] a[href='tel:112']");
    assert.ok(await page.locator("[data-empty] .near a").count() > 0);
  },
  async "what was searched for is offered again, until it is cleared"(server) {
    const page = await open(server, "/en/search/");
    await page.fill("main input[type=search]", "cancel a card");
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-results] > li:not(.recent)");
    await page.goto(page.url().replace(/search.*/, "search/"));
    await page.waitForSelector(".recent a");
    assert.equal(await page.textContent(".recent a"), "cancel a card");
    await page.goto(page.url().replace(/search.*/, ""));
    await page.click(box);
    await page.waitForSelector(option);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await page.inputValue(box), "cancel a card");
    await page.fill(box, "");
    await page.waitForFunction(() => document.querySelectorAll("[role=option][id]").length === 2);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => localStorage.getItem("searches") === null);
  },
  async "on a phone the filters are one row that opens, and results come without a jump"(server) {
    const page = await open(server, "/en/search/?q=cancel", { viewport: { width: 390, height: 844 } });
    await page.waitForSelector("[data-results] > li");
    assert.equal(await page.isVisible("select[name=country]"), false);
    await page.click(".facets summary");
    assert.equal(await page.isVisible("select[name=country]"), true);
    const top = () => page.evaluate(() => document.querySelector("[data-results]").getBoundingClientRect().top);
    const before = await top();
    for (const query of ["cancel a", "cancel a card in albania", "xqzt", "cancel"]) {
      await page.fill("main input[type=search]", query);
      await page.waitForTimeout(400);
    }
    assert.ok(Math.abs(await top() - before) < 2);
  },
  async "nothing is fetched before the box is touched"(server) {
    const page = await open(server, "/en/");
    const names = () => page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
    assert.deepEqual((await names()).filter((name) => /search|find\./.test(name)), []);
    await ask(page, "cancel");
    await page.waitForSelector(option);
    const fetched = (await names()).filter((name) => /search|find\./.test(name));
    assert.ok(fetched.length <= 10, fetched.join(" "));
  },
  async "without JavaScript there is a link to the A–Z"(server) {
    const page = await open(server, "/en/", { javaScriptEnabled: false });
    assert.equal(await page.isVisible("header [data-search]"), false);
    assert.equal(await page.isVisible("header .find"), true);
    assert.equal(await page.getAttribute("header .find", "href"), "/en/a-z/");
  },
  async "axe finds nothing serious"(server) {
    await check(server, "/en/", async (page) => {
      await ask(page, "cancel");
      await page.waitForSelector(option);
      await page.keyboard.press("ArrowDown");
    });
    await check(server, "/zh-hans/search/?q=注销", (page) => page.waitForSelector("[data-results] > li"));
    await check(server, "/en/search/", async () => {});
    await check(server, "/en/search/?q=vodafone number zanzibar", (page) => page.waitForSelector("[data-results] .call"));
    await check(server, "/en/search/", async (page) => {
      await page.evaluate(() => localStorage.setItem("searches", '["cancel a card"]'));
      await page.reload();
      await page.waitForSelector(".recent a");
      await ask(page, "");
      await page.waitForSelector(option);
    });
  },
  async "a hostile title stays text"(_, server) {
    const page = await open(server, "/en/");
    await ask(page, "marmalade");
    await page.waitForSelector(option);
    assert.match(await page.textContent(option), /<\/script><script>window\.harmed=1<\/script><img src=x/);
    await page.goto(page.url().replace(/\/en\/.*/, "/en/search/?q=orange peel marmalade"));
    await page.waitForSelector("[data-results] > li");
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    assert.equal(await page.locator("[data-results] img, [data-results] svg, [data-results] script").count(), 0);
  },
};

const servers = [await serve(site), await serve(hostile)];
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test(...servers);
    console.log(`ok   ${name}`);
  } catch (fault) {
    failed++;
    console.log(`FAIL ${name}\n${fault.stack}`);
  }
}
await browser.close();
servers.forEach((server) => server.close());
if (faults.length) console.log(`FAIL the console is silent\n${faults.join("\n")}`);
process.exit(failed || faults.length ? 1 : 0);
