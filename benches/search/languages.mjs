// Builds a site of twelve pages for each file of tests/search/languages, asks its search and Pagefind's what the file
// asks, and prints how often the right page comes first: `node languages.mjs WORK PROGRAM ROOT [PAGEFIND] [TAG…]`.
// It fails where the site's own search is below nine in ten, or below Pagefind.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const [work, program, root, pagefind, ...tags] = process.argv.slice(2);
const folder = path.join(root, "tests/search/languages");
const all = readdirSync(folder).map((name) => name.replace(".txt", ""));
mkdirSync(work, { recursive: true });
copyFileSync(path.join(root, "themes/default/assets/search.js"), path.join(work, "search.mjs"));

/** How many of the requests the driver answers with the right page first. */
const ask = (pages, language, ...driver) => {
  const requests = pages.map(([, , query]) => JSON.stringify({ query, language }) + "\n").join("");
  const lines = execFileSync("node", driver, { input: requests, encoding: "utf8" }).trim().split("\n");
  return lines.map((line, at) => {
    const urls = JSON.parse(line).hits.map(({ url }) => url);
    return { first: (urls[0] ?? "").includes(`/p${at}/`), urls };
  });
};

let failed = false;
console.log("| language | Pagefind | ours |\n|---|---|---|");
for (const tag of tags.length ? tags : all) {
  const pages = readFileSync(path.join(folder, `${tag}.txt`), "utf8").trim().split("\n").map((line) => line.split(" | "));
  const project = path.join(work, tag, "project"), site = path.join(work, tag, "site");
  mkdirSync(path.join(project, "guides"), { recursive: true });
  writeFileSync(path.join(project, "guides/site.yaml"), `title: A\nlanguages: [${tag}]\n`);
  pages.forEach(([title, text], at) => {
    const page = path.join(project, `guides/p${at}`);
    mkdirSync(page, { recursive: true });
    writeFileSync(path.join(page, `${tag}.md`), `---\ntitle: "${title}"\n---\n\n${text}\n`);
  });
  execFileSync(program, ["--root", project, "-q", "build", "--output", site], { stdio: ["ignore", "ignore", "ignore"] });
  const ours = ask(pages, tag, path.join(root, "tests/search/drive.mjs"), path.join(work, "search.mjs"), path.join(site, "search"));
  const count = (answers) => answers.filter(({ first }) => first).length;
  let theirs;
  if (pagefind && pagefind !== "-") {
    const index = path.join(work, tag, "pagefind");
    execFileSync(pagefind, ["--site", site, "--output-path", index], { stdio: "ignore" });
    theirs = ask(pages, tag, path.join(root, "benches/search/pagefind.mjs"), index);
  }
  const share = (answers) => answers ? `${count(answers)} of ${answers.length}` : "";
  console.log(`| ${tag} | ${share(theirs)} | ${share(ours)} |`);
  ours.forEach(({ first, urls }, at) => {
    if (!first && process.env.MISSES) console.log(`  ${pages[at][2]}: p${at}, found ${urls.slice(0, 3).join(" ")}`);
  });
  failed ||= count(ours) < 0.9 * pages.length || (theirs && count(ours) < count(theirs));
}
process.exit(failed ? 1 : 0);
