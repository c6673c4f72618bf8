// Passes pairs of people and services through the script of the page, and compares its verdicts
// with those of the engine: node fits.mjs FIT.JS FOLDER, with index.js and pairs.json in it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import vm from "node:vm";

const [script, folder] = process.argv.slice(2);
const read = (name) => readFileSync(join(folder, name), "utf8");
const index = JSON.parse(/^placewise\.index\((.*)\);\n$/.exec(read("index.js"))[1]);
const { people, pairs } = JSON.parse(read("pairs.json"));
const program = [join(dirname(script), "page.js"), script].map((file) => readFileSync(file, "utf8")).join("\n");
const engine = vm.runInNewContext(`${program}; placewise`, { atob });
const x = engine.open(index);
const at = (list, id) => {
  const found = list.findIndex((entry) => entry && entry[0] === id);
  if (found < 1) throw new Error(`no ${id}`);
  return found;
};
const persons = new Map(people.map((p) => [p.id, {
  home: at(x.areas, p.home), level: at(x.levels, p.level), needs: p.needs.map((need) => at(x.needs, need)), age: p.age,
  gender: { female: 2, male: 3 }[p.gender], legal: at(x.legal, p.legal), ready: p.ready }]));
const rows = new Map(x.rows.id.map((id, row) => [id, row]));
const verdictOf = (service, person) => engine.misfits(x, engine.service(x, rows.get(service)), persons.get(person))[0] ?? -1;

const wrong = pairs.filter(([person, service, verdict]) => verdictOf(service, person) !== verdict);
for (const [person, service, verdict] of wrong.slice(0, 10)) {
  console.error(person, service, "engine", verdict, "page", verdictOf(service, person));
}
if (wrong.length) {
  console.error(`${wrong.length} of ${pairs.length} pairs differ`);
  process.exit(1);
}
console.log(`${pairs.length} pairs agree`);
