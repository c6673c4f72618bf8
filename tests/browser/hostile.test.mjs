// Mark-up in names, texts, addresses and searches is shown as text and never runs: every page of a
// copy of the example that is full of it, which PLACEWISE_HOSTILE names.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { test } from "node:test";
import { directory, open, stage } from "./harness.mjs";

const FOLDER = process.env.PLACEWISE_HOSTILE ?? "";
const MARK = /<img src=x onerror=/;
let site, chrome;
stage((...both) => ([site, chrome] = both), FOLDER);

/** What ran, or stands in the page as more than text. The policy of a host is left out: the pages themselves must hold. */
async function harm(page, within = "html") {
  return page.evaluate((root) => [...document.querySelector(root).querySelectorAll("img, [onerror], script:not([src])")]
    .filter((node) => node.type !== "application/ld+json").map((node) => node.outerHTML.slice(0, 60)).concat(document.title === "ran" ? ["it ran"] : []), within);
}

test("no page of the site holds mark-up from the data", async () => {
  const { page, close } = await open(chrome, { bypassCSP: true });
  const kinds = new Map();
  for (const name of readdirSync(FOLDER, { recursive: true }).filter((path) => path.endsWith(".html"))) {
    const text = readFileSync(join(FOLDER, name), "utf8");
    assert.doesNotMatch(text, MARK, name);
    kinds.set(/<body class="([^"]*)"/.exec(text)?.[1], "/" + name.split(sep).join("/").replace(/index\.html$/, ""));
  }
  let shown = 0;
  for (const path of kinds.values()) {
    await page.goto(site.root + path);
    assert.deepEqual(await harm(page), [], path);
    shown += MARK.test(await page.textContent("body")) ? 1 : 0;
  }
  assert.ok(shown > 10, `only ${shown} types of page show the data`);
  await close();
});

test("nor does the search make any of it", async () => {
  const { page, close } = await open(chrome, { bypassCSP: true });
  const mark = encodeURIComponent("<img src=x onerror=\"document.title='ran'\">");
  const person = `#level=${mark}&home=${mark}&need=${mark}&age=${mark}`;
  for (const state of ["?all=yes", "?q=img", `?q=${mark}`, `?near=${mark}&within=${mark}`, `?area=${mark}&sort=${mark}&page=${mark}`,
    `?all=yes${person}`, "?all=yes#level=open-rehab&home=kesterly&others=yes"]) {
    await directory(page, site.root, state);
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
    assert.deepEqual(await harm(page), [], state);
  }
  await directory(page, site.root, "?all=yes&near=Saltby");
  assert.match(await page.textContent("#found"), MARK);
  await page.locator("#q").fill("<script>document.title='ran'</script>");
  assert.match(await page.textContent("#chosen"), /<script>document/);
  assert.deepEqual(await harm(page), []);
  await close();
});
