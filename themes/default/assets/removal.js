// Takes the place of a service worker that was there before: removes itself, and what was kept.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("cicerone:")) await caches.delete(name);
  await registration.unregister();
})()));
