// Registers the service worker of a site with `offline: true`, and says where a page is a copy.
(() => {
  const { worker, words } = document.currentScript.dataset;
  const home = navigator.serviceWorker;
  if (!home) return;
  let line, kept = false;
  const tell = () => {
    const gone = kept || !navigator.onLine;
    if (!line && !gone) return;
    line ??= Object.assign(document.createElement("p"), { className: "notice offline" });
    line.setAttribute("role", "status");
    // In the style sheet it would be paid for by every page.
    line.style.cssText = "position:sticky;inset-block-end:0;margin:0;padding:.4rem 1rem;text-align:center;font-size:var(--small)";
    if (!line.isConnected) document.body.append(line);
    line.textContent = gone ? words : "";
    line.hidden = !gone;
  };
  for (const name of ["online", "offline"]) addEventListener(name, tell);
  home.addEventListener("message", ({ data }) => { kept = data === "kept"; tell(); });
  home.controller?.postMessage("");
  if (!navigator.onLine) tell();
  try {
    const policy = globalThis.trustedTypes?.createPolicy("offline", { createScriptURL: (url) => url });
    home.register(policy ? policy.createScriptURL(worker) : worker).catch(() => {});
  } catch { /* a policy of the host's forbids it */ }
})();
