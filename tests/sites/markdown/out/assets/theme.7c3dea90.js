// The reader's choice of light or dark, before anything is drawn. script.js sets it.
try { document.documentElement.dataset.theme = localStorage.getItem("theme") ?? ""; } catch { /* as the device has it */ }
