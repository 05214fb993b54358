// Numbers and codes on pages that run from right to left: each stands as it was typed, by the places of its glyphs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { address, launch, serve } from "./site.mjs";

const [work, program] = process.argv.slice(2);
const put = (name, text) => {
  mkdirSync(path.dirname(path.join(work, "guides", name)), { recursive: true });
  writeFileSync(path.join(work, "guides", name), text);
};
/** Words round a number, in each language. */
const WORDS = { ar: ["اتصل على", "أو من", "الآن"], fa: ["با شماره", "تماس بگیرید", "امروز"], he: ["חייגו", "או", "עכשיו"] };
const NUMBERS = ["+355 69 123 4567", "00355 4 225 0928", "08:00-20:00", "5–10", "2026-08-22", "*100*1#", "**04*1234#", "*#06#", "#31#", "069 555 0199", "+355-4-2250928"];

put("site.yaml", `title: N\nlanguages: [${Object.keys(WORDS)}]\nbase_url: https://n.example/\n`);
for (const [language, [one, two, three]] of Object.entries(WORDS)) {
  NUMBERS.forEach((number, at) => put(`g${at}/${language}.md`, `---
title: "${one} ${number} ${two}"
summary: "${one} ${number} ${two}"
${language === "ar" ? "steps: [{id: a" : "translation: {of: ar}\nwords: {a: {"}${language === "ar" ? ", " : ""}title: "${one} ${number} ${two}", text: "${one} ${number} ${two}"}${language === "ar" ? "]" : "}"}
---
${one} ${number} ${two} **${number}** ${three}.

## ${one} ${number} ${two}

- ${one} [${number}](tel:112) ${two} \`${number}\` ${three} <kbd>${number}</kbd>

| ${one} | ${two} |
|---|---|
| ${number} | ${one} ${number} ${two} |

> ${one} ${number}

\`\`\`
${number}
\`\`\`
`));
}
const built = spawnSync(program, ["--root", work, "-q", "build", "--output", path.join(work, "out")], { encoding: "utf8" });
assert.equal(built.status, 0, built.stdout + built.stderr);

/** Each place of `number` among what a reader sees, read by its glyphs from left to right. */
const readings = (number) => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let at = node.data.indexOf(number); at >= 0; at = node.data.indexOf(number, at + 1)) {
      const glyphs = [...number].map((sign, index) => {
        const range = document.createRange();
        range.setStart(node, at + index);
        range.setEnd(node, at + index + 1);
        const { left, top, width } = range.getBoundingClientRect();
        return { sign, left, top, width };
      });
      if (glyphs.some((glyph) => glyph.width > 0)) {
        const sorted = glyphs.toSorted((a, b) => Math.round((a.top - b.top) / 8) || a.left - b.left);
        found.push([sorted.map((glyph) => glyph.sign).join(""), node.parentElement.closest("h1,h2,h3,p,td,li,pre,a,summary")?.tagName]);
      }
    }
  }
  return found;
};

const server = await serve(path.join(work, "out"));
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
let count = 0;
const wrong = [];
for (const language of Object.keys(WORDS)) {
  for (const [at, number] of NUMBERS.entries()) {
    await page.goto(address(server, `/${language}/g${at}/`));
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
    const found = await page.evaluate(readings, number);
    assert.ok(found.length >= 8, `${language} ${number}: found ${found.length} times`);
    count += found.length;
    for (const [read, where] of found) if (read !== number) wrong.push(`${language}: ${number} in ${where} reads ${read}`);
  }
}
await browser.close();
server.close();
assert.deepEqual(wrong, []);
console.log(`ok   ${count} numbers from left to right, in ${Object.keys(WORDS).length} languages`);
