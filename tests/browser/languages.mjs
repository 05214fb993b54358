// The golden sites in other languages, with the default theme: no word of another language stands unmarked, no page is
// wider than a phone, and axe has nothing to say.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { address, axe, launch, serve } from "./site.mjs";

const [sites, work, program] = process.argv.slice(2);
/** Each site with the pages that axe looks at. */
const SITES = {
  arabic: ["/ar/ae/transfer/", "/fa/ae/transfer/", "/ur/ae/transfer/", "/ur/ae/top-up/", "/fa/operators/ae/najm/"],
  japanese: ["/ja/jp/contract/", "/ko/jp/contract/", "/th/jp/contract/", "/ko/jp/esim/", "/ja/a-z/"],
  regions: ["/en-gb/mo/roaming/", "/pt-br/mo/roaming/", "/zh-hk/mo/lost/", "/zh-hant/mo/roaming/", "/zh-hk/glossary/"],
};
/** Names that the sites write in Latin letters, currencies, and what has no other name. */
const NAMES = new Set(["SIM", "eSIM", "QR", "USSD", "AED", "JPY", "MOP", "Harbour", "Telephone"]);

/** The words in Latin letters that stand where the nearest `lang` is of another script, with where they stand. */
const unmarked = (names) => {
  const found = [];
  const latin = (language) => /^(en|pt)\b/.test(language);
  const fallback = document.querySelector(".notice.fallback");
  const check = (element, text, where) => {
    const language = element.closest("[lang]")?.lang ?? "";
    if (latin(language) || element.closest("script,style,code,kbd,noscript") || (fallback && element.closest("head"))) return;
    for (const [run] of text.matchAll(/[A-Za-z][A-Za-z@.:/'-]*/g)) {
      const word = run.replace(/[.:'-]+$/, "");
      if (word.length > 1 && !/[@.:/]/.test(word) && !names.includes(word)) found.push(`${word} in ${where}: ${text.trim().slice(0, 60)}`);
    }
  };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) check(node.parentElement, node.data, node.parentElement.localName);
    else for (const name of ["title", "alt", "aria-label", "placeholder", "aria-description"]) {
      if (node.hasAttribute(name)) check(node, node.getAttribute(name), `@${name}`);
    }
    if (node.localName === "meta" && node.name === "description") check(node, node.content, "meta");
  }
  return found;
};
/** What a page in Latin letters says as one in another language does, letter by letter. */
const sentences = (language) => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const own = parentElement.closest("[lang]").lang;
    if (own === language && /\p{L}{2}.* .*\p{L}{2}/u.test(data) && !parentElement.closest("script,style,noscript,.languages")) found.push(data.trim());
  }
  return found;
};

const browser = await launch();
const wrong = [];
let count = 0;
for (const [site, looked] of Object.entries(SITES)) {
  const root = path.join(work, site);
  cpSync(path.join(sites, site, "in/guides"), path.join(root, "guides"), { recursive: true });
  const settings = path.join(root, "guides/site.yaml");
  writeFileSync(settings, readFileSync(settings, "utf8").replace(/^theme: .*\n/m, ""));
  const built = spawnSync(program, ["--root", root, "-q", "build", "--strict", "--as-of", "2026-09-01", "--output", path.join(root, "out")], { encoding: "utf8" });
  assert.equal(built.status, 0, built.stdout + built.stderr);
  const server = await serve(path.join(root, "out"));
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const said = {};
  const files = readdirSync(path.join(root, "out"), { recursive: true }).filter((name) => name.endsWith("index.html"));
  for (const name of files) {
    await page.goto(address(server, `/${name}`));
    count += 1;
    for (const one of await page.evaluate(unmarked, [...NAMES])) wrong.push(`${site} /${name}: ${one}`);
    const language = await page.evaluate(() => document.documentElement.lang);
    (said[language] ??= new Map()).set(name, await page.evaluate(sentences, language));
    const [wide, inner] = await page.evaluate(() => {
      for (const one of document.querySelectorAll("main details")) one.open = true;
      return [document.documentElement.scrollWidth, innerWidth];
    });
    if (wide > inner) wrong.push(`${site} /${name}: ${wide} pixels wide`);
  }
  const english = new Set([...(said["en-GB"] ?? new Map()).values()].flat());
  for (const [name, texts] of said["pt-BR"] ?? []) {
    for (const text of texts) if (english.has(text) && !text.split(" ").every((word) => NAMES.has(word))) wrong.push(`${site} /${name}: ${text}`);
  }
  for (const url of looked) {
    await page.goto(address(server, url));
    await page.evaluate(() => document.querySelectorAll("main details").forEach((one) => { one.open = true; }));
    await page.evaluate(axe);
    for (const [width, colorScheme] of [[390, "light"], [1280, "dark"]]) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      for (const one of violations) wrong.push(`${site} ${url} ${width} ${colorScheme}: ${one.id} ${one.nodes.map((node) => node.html.slice(0, 120))}`);
    }
    await page.setViewportSize({ width: 390, height: 844 });
  }
  await context.close();
  server.close();
}
await browser.close();
assert.deepEqual(wrong, []);
console.log(`ok   ${count} pages in ten languages: their own words, or marked ones`);
