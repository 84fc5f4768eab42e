// The real program with a demonstration ambito in a folder of its own.
import { spawn, execFile } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export async function startServer(program, { people = 400 } = {}) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "zonale-browser-"));
  const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: `${folder}/config` };
  const data = ["--dati", `${folder}/dati`, "--json"];
  const made = await run(program, ["demo", ...data, "--persone", String(people), "--seme", "7"], { env });
  const demo = JSON.parse(made.stdout.slice(made.stdout.indexOf("{")));
  const child = spawn(program, ["serve", ...data, "--porta", "0"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.on("data", (text) => (log += text));
  const address = await new Promise((found, failed) => {
    let out = "";
    child.stdout.on("data", (text) => {
      out += text;
      const match = out.match(/http:\/\/[^"\s]+/);
      if (match) found(match[0].replace(/\/$/, ""));
    });
    child.on("exit", (code) => failed(new Error(`the program ended with ${code}: ${log}`)));
  });

  async function stop() {
    child.removeAllListeners("exit");
    if (child.exitCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await fs.rm(folder, { recursive: true, force: true });
    return { code: child.exitCode, log };
  }
  // A command of the program on the same data, beside the running server.
  const command = (...words) => run(program, [...words, "--dati", `${folder}/dati`], { env });
  return { address, password: demo.password, users: demo.utenti, stop, command, log: () => log };
}
