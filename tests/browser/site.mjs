// A built site behind the strict policy that a host may set, and the browser that looks at it.
import { existsSync, readFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";

export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types offline";
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json" };

export const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** At a port, or at any; a request for which `refuses` is so breaks off, and pages come as `pieces` pieces, 20 ms apart. */
export const serve = (root, port = 0, refuses = () => false, pieces = 1) => new Promise((resolve) => {
  const server = http.createServer(async (request, response) => {
    if (refuses(request.url)) return request.socket.destroy();
    let name = decodeURIComponent(request.url.split("?")[0]);
    if (name.endsWith("/")) name += "index.html";
    const file = path.join(root, name);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream", "content-security-policy": POLICY, "cache-control": request.url.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache" });
    const bytes = readFileSync(file);
    const piece = file.endsWith(".html") ? Math.ceil(bytes.length / pieces) : bytes.length;
    for (let at = 0; at + piece < bytes.length; at += piece) {
      response.write(bytes.subarray(at, at + piece));
      await new Promise((soon) => setTimeout(soon, 20));
    }
    response.end(bytes.subarray(Math.floor((bytes.length - 1) / piece) * piece));
  }).listen(port, "127.0.0.1", () => resolve(server));
});

export const address = (server, url) => `http://127.0.0.1:${server.address().port}${url}`;

/** Another clock, under which the program is tried, is not the browser's. */
export const launch = (...args) => {
  const executablePath = [process.env.BROWSER, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => file && existsSync(file));
  const { LD_PRELOAD, FAKETIME, ...env } = process.env;
  return chromium.launch({ executablePath, env, args: ["--no-sandbox", "--disable-gpu", ...args] });
};
