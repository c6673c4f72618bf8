// Writes a copy of the example in which names, titles, texts and addresses hold mark-up that would
// run if it were not written as text: node hostile.mjs FOLDER
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MARK = `<img src=x onerror="document.title='ran'"><script>document.title='ran'</script>'"><b>`;
const TEXTS = ["name", "title", "city", "line1", "outcome", "learned", "place"].join("|");
const [folder] = process.argv.slice(2);
const example = fileURLToPath(new URL("../..", import.meta.url));
for (const part of ["data", "content"]) cpSync(join(example, part), join(folder, part), { recursive: true });

const quoted = (value) => JSON.stringify(value.replace(/^"(.*)"$/, "$1") + " " + MARK);
for (const name of readdirSync(join(folder, "data"), { recursive: true }).filter((path) => /(providers|opportunities|areas|vocabulary).*\.yaml$/.test(path))) {
  const file = join(folder, "data", name);
  const text = readFileSync(file, "utf8")
    // Within braces, by itself, and as the first line of a folded text.
    .replace(new RegExp(`([{,] ?(?:${TEXTS}): )("[^"]*"|[^,}"]+)(?=[,}])`, "g"), (_, key, value) => key + quoted(value.trim()))
    .replace(new RegExp(`^(\\s*(?:- )?(?:${TEXTS}): )([^\\s{[>|"][^#\\n]*?)(\\s+#.*)?$`, "gm"), (_, key, value) => key + quoted(value))
    .replace(/^(\s*(?:about|description): >-(?:\s+#.*)?\n\s+)/gm, `$1${MARK} `)
    .replace(/^(\s*(?:about|description): )([^\s{[>|"][^#\n]*?)$/gm, (_, key, value) => key + quoted(value));
  writeFileSync(file, text);
}
