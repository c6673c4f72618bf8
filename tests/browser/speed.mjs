// How long from a keystroke to its results: PLACEWISE_SITE=FOLDER node speed.mjs [QUERY-STRING]
// Types words of the directory letter by letter, 100 strokes, and takes the time until the results
// stand in the page and the browser has painted them. Prints the median and the worst.
import { browser, directory, open, serve } from "./harness.mjs";

const site = await serve();
const chrome = await browser();
const { page } = await open(chrome);
await directory(page, site.root, process.argv[2] ?? "");
const words = ["dementia nursing care", "autism supported living", "womens rehabilitation", "the old bank house", "homecare agency", "psycosis", "epilepsi"];
const times = await page.evaluate(async (typed) => {
  const field = document.getElementById("q");
  const times = [];
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (const word of typed) {
    for (let end = 1; end <= word.length && times.length < 100; end++) {
      field.value = word.slice(0, end);
      const begun = performance.now();
      field.dispatchEvent(new Event("input"));
      const worked = performance.now() - begun;
      await painted();
      times.push([worked, performance.now() - begun]);
    }
  }
  return times;
}, words);
for (const [i, name] of ["results in the page", "painted"].entries()) {
  const sorted = times.map((pair) => pair[i]).toSorted((a, b) => a - b);
  console.log(`${name}: median ${sorted[50].toFixed(1)} ms, worst ${sorted.at(-1).toFixed(1)} ms of ${sorted.length}`);
}
await chrome.close();
site.close();
