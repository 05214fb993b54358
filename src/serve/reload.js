// Reloads this page when its guide has been saved, exchanges style sheets without reloading, and links
// what the page shows to the lines where it is written.
(() => {
  "use strict";
  const { token, page, version, links } = document.currentScript.dataset;
  const key = "cicerone-place";
  const path = () => location.pathname + location.search;

  // The first block that ends in an element, or the list before which its first line ends.
  const BLOCKS = "b, h1, h2, h3, h4, h5, h6, p, li, dt, dd, div, section, ul, ol, dl, table, pre";
  const pen = (element, href, title) => {
    const link = Object.assign(document.createElement("a"), { className: "cicerone-pen", href, title, lang: "en", dir: "ltr" });
    link.setAttribute("aria-label", "Edit " + title);
    let line = element;
    for (let next; (next = line.querySelector(BLOCKS)); line = next) {
      if (next.matches("ul, ol, dl, table, pre")) return next.before(link);
    }
    // A link inside a summary could not be told from the summary.
    const summary = line.closest("summary");
    summary ? summary.after(link) : line.append(link);
  };
  for (const [id, [href, title]] of Object.entries(JSON.parse(links || "{}"))) {
    const element = document.getElementById(id);
    if (element) pen(element, href, title);
  }

  // The nearest thing with an id above the top edge: it stays where it is though text above it grows.
  const place = () => {
    let anchor = null;
    for (const element of document.querySelectorAll("[id]")) {
      const top = element.getBoundingClientRect().top;
      if (top <= 8 && element.offsetParent !== null) anchor = { id: element.id, top };
    }
    return { path: path(), y: window.scrollY, anchor };
  };

  const restore = () => {
    const saved = JSON.parse(sessionStorage.getItem(key) || "null");
    sessionStorage.removeItem(key);
    if (!saved || saved.path !== path()) return;
    const element = saved.anchor && document.getElementById(saved.anchor.id);
    const y = element ? window.scrollY + element.getBoundingClientRect().top - saved.anchor.top : saved.y;
    window.scrollTo({ top: y, behavior: "instant" });
  };

  const reload = () => {
    sessionStorage.setItem(key, JSON.stringify(place()));
    location.reload();
  };

  // `assets/style.1a2b3c4d.css` is the same sheet whatever its fingerprint.
  const name = (url) => new URL(url, location.href).pathname.replace(/\.[0-9a-f]{8}(\.css)$/, "$1");
  const styles = (urls) => {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const url = urls.find((url) => name(url) === name(link.href));
      if (!url || new URL(url, location.href).href === link.href) continue;
      // The old sheet goes when the new one is there, so that nothing flickers.
      const fresh = link.cloneNode();
      fresh.href = url;
      fresh.onload = () => link.remove();
      fresh.onerror = () => fresh.remove();
      link.after(fresh);
    }
  };

  const badge = ({ text, class: name }) => {
    for (const element of document.querySelectorAll(".cicerone-badge")) {
      element.textContent = text;
      element.className = name;
    }
  };

  let source = null;
  const listen = () => {
    if (source || document.hidden) return;
    const query = new URLSearchParams({ token, page, version });
    source = new EventSource("/_cicerone/events?" + query);
    source.addEventListener("reload", reload);
    source.addEventListener("styles", (event) => styles(JSON.parse(event.data)));
    source.addEventListener("badge", (event) => badge(JSON.parse(event.data)));
    // Another server answers with another token: only a fresh page knows it.
    source.onerror = () => {
      if (source && source.readyState === EventSource.CLOSED) reload();
    };
  };
  // A browser keeps few connections to one host: only the page that is seen holds one.
  const hush = () => {
    if (source) source.close();
    source = null;
  };
  // A worker that something else has left here would show what it knows.
  navigator.serviceWorker?.getRegistration().then((one) => one?.unregister());
  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
  window.addEventListener("pagehide", hush);
  window.addEventListener("pageshow", listen);
  if (document.readyState === "complete") restore();
  else window.addEventListener("load", () => requestAnimationFrame(restore));
})();
