// The service worker of a site with `offline: true`. The program writes a line before this file: `const SITE = {…};`
// with the build, the site's root, its languages, the operators of each country and the files of its search.
//
// Each build has a cache of its own, and each page is bound to the build that it came with: what has the same address
// in every build (the search page, the root of the index) it gets from that build's cache or not at all. What has a
// fingerprint in its name is the same in every build. A new build is fetched as a whole before it takes over.
const { build, root, languages, operators, search } = SITE;
const OWN = "cicerone:" + root + ":";
const CACHE = OWN + build;
/** How long a page that is kept waits for the network (milliseconds). */
const PATIENCE = 3000;

const builds = async () => (await caches.keys()).filter((name) => name.startsWith(OWN));
const plain = (url) => url.origin + url.pathname;
const isAsset = (url) => url.pathname.startsWith(root + "assets/");
const isOfSearch = ({ pathname }) =>
  pathname.startsWith(root + "search/") || languages.some((language) => pathname === root + language + "/search/");
const isPage = (url) => !url.search && (url.pathname.endsWith("/") || url.pathname.endsWith(".html"));

/** The build that the host has now. */
const current = async () => {
  const ask = () => fetch(root + "sw.js", { cache: "no-store" });
  const text = await (await ask().catch(ask)).text();
  return /"build":"(\w+)"/.exec(text)?.[1];
};

// Which page has come with which build outlives the worker: browsers end it when there is nothing to do.
const bound = (client) => root + "?client=" + client;
const bind = async (client, name, how) => {
  fresh.set(bound(client), Date.now());
  await (await caches.open(name)).put(bound(client), new Response(how));
};
/** Pages that have come, and are not bound yet. */
const coming = new Map();
/** When a page was bound: for a moment the browser does not name it among those that are there. */
const fresh = new Map();
const MOMENT = 60_000;
const boundTo = async (client) => {
  await coming.get(client);
  for (const name of await builds()) {
    const entry = await (await caches.open(name)).match(bound(client));
    if (entry) return { name, how: await entry.text() };
  }
};

/** What a page needs to be read: its files, the pages above it, the operators of its countries, the search. */
const needs = (text, { pathname }) => {
  const files = [...text.matchAll(/(?:src|href|srcset|data-(?:interface|engine|style))="([^"?#\s]+)/g)].map(([, url]) => url);
  const assets = files.filter((url) => url.startsWith(root + "assets/") || (url.startsWith(root) && /\.\w+$/.test(url) && !url.endsWith(".html")));
  const language = languages.find((language) => pathname.startsWith(root + language + "/"));
  const pages = [...(/<nav class="crumbs"[^]*?<\/nav>/.exec(text)?.[0] ?? "").matchAll(/href="([^"#]+)"/g)].map(([, url]) => url);
  if (language) {
    const countries = new Set([...text.matchAll(/\/operators\/(\w+)\//g)].map(([, country]) => country));
    for (const country of countries) pages.push(...(operators[country] ?? []).map((id) => root + language + "/operators/" + id + "/"));
    if (text.includes(root + language + "/glossary/#")) pages.push(root + language + "/glossary/");
    const index = search.find((group) => group.languages.includes(language));
    if (index) pages.push(root + language + "/search/");
    assets.push(...(index?.files ?? []).map((file) => root + file));
  }
  return { assets, pages };
};

/** Fetches pages with what they need into the cache; false where the host has gone on to another build meanwhile. */
const gather = async (pages) => {
  const cache = await caches.open(CACHE);
  const seen = new Set();
  const fetched = [];
  const get = async (address, depth) => {
    const url = new URL(address, location);
    const key = plain(url);
    if (url.origin !== location.origin || !url.pathname.startsWith(root) || seen.has(key)) return;
    seen.add(key);
    if (await cache.match(key)) return;
    const ask = () => fetch(key, { cache: isAsset(url) ? "default" : "no-cache" });
    const response = await ask().catch(ask);
    if (!response.ok || response.redirected) return;
    fetched.push([key, response.clone()]);
    if (!response.headers.get("content-type")?.startsWith("text/html")) return;
    const { assets, pages } = needs(await response.text(), url);
    const more = depth > 0 ? pages.map((page) => get(page, depth - 1)) : [];
    await Promise.all([...assets.map((asset) => get(asset, 0)), ...more]);
  };
  await Promise.all([...pages].map((page) => get(page, 2)));
  if ((await current()) !== build) return false;
  await Promise.all(fetched.map(([key, response]) => cache.put(key, response)));
  return true;
};

/** Caches of other builds go when the last page that came with them has gone. */
const tidy = async () => {
  const living = new Set((await clients.matchAll({ includeUncontrolled: true })).map(({ id }) => bound(id)));
  for (const [entry, since] of fresh) {
    if (living.has(entry) || since < Date.now() - MOMENT) fresh.delete(entry);
    else living.add(entry);
  }
  for (const name of await builds()) {
    const cache = await caches.open(name);
    const entries = (await cache.keys()).filter(({ url }) => new URL(url).searchParams.has("client"));
    const gone = entries.filter(({ url }) => !living.has(new URL(url).pathname + new URL(url).search));
    if (name !== CACHE && gone.length === entries.length) await caches.delete(name);
    else await Promise.all(gone.map((entry) => cache.delete(entry)));
  }
};

addEventListener("install", (event) => event.waitUntil((async () => {
  const pages = new Set();
  for (const name of await builds()) {
    if (name === CACHE) continue;
    for (const { url } of await (await caches.open(name)).keys()) if (isPage(new URL(url))) pages.add(url);
  }
  for (const { url } of await clients.matchAll({ includeUncontrolled: true, type: "window" })) pages.add(plain(new URL(url)));
  try {
    if (!(await gather(pages))) throw new Error("the host has another build by now");
  } catch (fault) {
    await caches.delete(CACHE);
    throw fault;
  }
  await skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil(clients.claim().then(tidy)));

const page = async (event, url) => {
  const client = event.resultingClientId;
  let bindingDone;
  coming.set(client, new Promise((done) => { bindingDone = done; }));
  const cache = await caches.open(CACHE);
  const kept = await cache.match(plain(url));
  const network = fetch(event.request).catch(() => null);
  const patience = new Promise((done) => setTimeout(done, PATIENCE));
  const answer = await (kept ? Promise.race([network, patience]) : network);
  if (answer && (answer.ok || !kept || answer.status < 500)) {
    const learn = async () => {
      // A page of the host's next build is not bound: it asks the network for everything.
      if (answer.ok && (await current()) === build) {
        await bind(client, CACHE, "new");
        bindingDone();
        await gather([plain(url)]);
        // Not waited for: the next worker waits until this one has nothing left to do.
      } else if (answer.ok) registration.update().catch(() => {});
    };
    event.waitUntil(learn().catch(() => {}).finally(() => { bindingDone(); coming.delete(client); return tidy(); }));
    return answer;
  }
  const language = languages.find((language) => url.pathname.startsWith(root + language + "/"));
  const instead = kept ?? (language && await cache.match(root + language + "/"));
  if (instead) await bind(client, CACHE, "kept");
  bindingDone();
  coming.delete(client);
  return instead ?? Response.error();
};

const asset = async ({ request, clientId }) => {
  const names = await builds();
  for (const name of names) {
    const kept = await (await caches.open(name)).match(request.url);
    if (kept) return kept;
  }
  const response = await fetch(request);
  const own = response.ok && await boundTo(clientId);
  if (own) await (await caches.open(own.name)).put(request.url, response.clone());
  return response;
};

const ofSearch = async ({ request, clientId }, url) => {
  const own = await boundTo(clientId);
  if (!own) return fetch(request);
  const cache = await caches.open(own.name);
  const kept = await cache.match(plain(url));
  if (kept) return kept;
  const response = await fetch(request);
  if (own.name !== OWN + (await current())) return Response.error();
  if (response.ok) await cache.put(plain(url), response.clone());
  return response;
};

const other = async ({ request }, url) => {
  try {
    return await fetch(request);
  } catch (fault) {
    const kept = await (await caches.open(CACHE)).match(plain(url));
    if (kept) return kept;
    throw fault;
  }
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(root) || request.headers.has("range")) return;
  if (url.pathname === root + "sw.js") return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (isAsset(url)) event.respondWith(asset(event));
  else if (isOfSearch(url)) event.respondWith(ofSearch(event, url));
  else event.respondWith(other(event, url));
});

// A page asks whether it is a copy.
addEventListener("message", (event) => event.waitUntil((async () => {
  const own = await boundTo(event.source.id);
  event.source.postMessage(own?.how === "kept" ? "kept" : "new");
  // By now the page before it has gone.
  await tidy();
})()));
