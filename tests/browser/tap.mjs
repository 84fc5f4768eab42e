// Steps in order, each one line of TAP. A step that fails does not stop those that follow.
let count = 0;
let failed = 0;

export async function step(name, run) {
  count += 1;
  try {
    await run();
    console.log(`ok ${count} - ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${count} - ${name}`);
    for (const line of String(error.stack ?? error).split("\n").slice(0, 12)) console.log(`# ${line}`);
  }
}

export function finish() {
  console.log(`1..${count}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

export function check(holds, text) {
  if (!holds) throw new Error(text);
}

export function checkIncludes(text, part) {
  check(text.replaceAll(/\s+/g, " ").includes(part), `"${part}" is not in: ${text.slice(0, 600)}`);
}
