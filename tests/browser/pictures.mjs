// The pictures of the README: a guide on a phone, and the preview after a save with a mistake.
// `make pictures` writes them into docs/images/.
import { spawn } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { address as at, launch, serve } from "./site.mjs";

const [site, project, program, out] = process.argv.slice(2);
const LIMIT = 100_000;

const server = spawn(program, ["--root", project, "serve", "--port", "0", "--as-of", "2026-09-01", "--editor", "none"], { stdio: ["ignore", "ignore", "pipe"] });
const address = await new Promise((resolve, reject) => {
  let said = "";
  server.stderr.on("data", (text) => {
    said += text;
    const found = said.match(/ at (http:\/\/\S+)\//);
    if (found) resolve(found[1]);
  });
  server.on("exit", () => reject(new Error(said)));
});

const browser = await launch("--font-render-hinting=none");
const take = async (name, page) => {
  const file = path.join(out, name);
  await page.screenshot({ path: file, animations: "disabled" });
  const { size } = statSync(file);
  console.log(`${name}: ${size} bytes`);
  if (size >= LIMIT) throw new Error(`${name} has ${size} bytes; the limit is ${LIMIT}`);
};

try {
  const phone = await browser.newPage({ viewport: { width: 390, height: 760 }, deviceScaleFactor: 1.25, isMobile: true, hasTouch: true });
  // As readers have it, without what a preview adds.
  const built = await serve(site);
  await phone.goto(at(built, "/en/al/lost-sim/"));
  await take("phone.png", phone);
  built.close();

  const editor = await browser.newPage({ viewport: { width: 900, height: 780 }, deviceScaleFactor: 1 });
  await editor.goto(`${address}/en/al/lost-sim/`);
  const guide = path.join(project, "guides/al/lost-sim/en.md");
  writeFileSync(guide, readFileSync(guide, "utf8").replace(/^summary:/m, "sumary:"));
  await editor.getByText("unknown-field").first().waitFor();
  await take("preview.png", editor);
} finally {
  await browser.close();
  server.kill("SIGINT");
}
