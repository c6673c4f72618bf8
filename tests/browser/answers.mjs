// Passes pairs of gaps and services through the script of the check, and compares what it says with
// the rule of the engine: node answers.mjs CHECK.JS PAIRS.JSON.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import vm from "node:vm";

const [script, file] = process.argv.slice(2);
const { within, pairs } = JSON.parse(readFileSync(file, "utf8"));
const program = [join(dirname(script), "page.js"), script].map((name) => readFileSync(name, "utf8")).join("\n");
const { verdict } = vm.runInNewContext(`${program}; placewise`, {});
const around = (id) => within[id] ?? [];
const wrong = pairs.filter(([asks, among, offer, is, lacks]) => {
  const found = verdict(asks, among, offer, around);
  return found.is !== is || JSON.stringify(found.lacks) !== JSON.stringify(lacks);
});
for (const pair of wrong.slice(0, 5)) {
  console.error(JSON.stringify(pair), JSON.stringify(verdict(pair[0], pair[1], pair[2], around)));
}
if (wrong.length) {
  console.error(`${wrong.length} of ${pairs.length} pairs differ`);
  process.exit(1);
}
console.log(`${pairs.length} pairs agree`);
