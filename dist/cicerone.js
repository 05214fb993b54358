#!/usr/bin/env node
// Starts the program, which is in the package for this system.
"use strict";
const { spawn } = require("node:child_process");

const system = `${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "cicerone.exe" : "cicerone";

let program;
try {
  program = require.resolve(`cicerone-site-${system}/${file}`);
} catch {
  console.error(`error: there is no package \`cicerone-site-${system}\` beside this one
hint: install with optional dependencies; where there is none for your system, compile with \`cargo install cicerone\``);
  process.exit(3);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
// Ctrl-C reaches the program itself, which says goodbye; what is sent to us alone is handed on.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => {
  console.error(`error: \`${program}\` cannot be started: ${error.message}`);
  process.exit(3);
});
child.on("exit", (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else {
    process.exit(code);
  }
});
