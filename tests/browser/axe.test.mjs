// Barriers on pages of every type that the built site has, at two widths, and with the filters open: axe-core, WCAG 2.2 AA;
// and no page of any type runs over its sides at 320 px, or breaks the strict policy of the server.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { join, sep } from "node:path";
import { open, stage, SITE } from "./harness.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const PERSON = "#level=open-rehab&home=kesterly&age=adults&gender=female&others=yes";
const STATES = ["/directory/?all=yes", "/directory/?q=zeppelin", `/directory/?all=yes${PERSON}`, "/directory/?near=Saltby&area=saltby",
  "/directory/copperleaf-women/copperleaf-house/?ids=rowan-court", "/compare/?ids=copperleaf-house,rowan-court,foundry-lane-home,oxbow-men",
  "/check-my-service/#level=open-rehab&area=avonbridge&need=self-harm&need=psychosis&min=18&gender=female&legal=informal&legal=detained&places=8"];
const PAGES = [...kinds(), ...STATES];
let site, chrome;
stage((...both) => ([site, chrome] = both));

/** The first page of each type and the longest, as the class of the body names types: new ones are found without a list. */
function kinds() {
  const found = new Map();
  const depth = (path) => path.split(sep).length;
  const shallow = (a, b) => depth(a) - depth(b) || (a < b ? -1 : 1);
  for (const name of readdirSync(SITE, { recursive: true }).filter((path) => path.endsWith(".html")).sort(shallow)) {
    const text = readFileSync(join(SITE, name), "utf8");
    const kind = /<body class="([^"]*)"/.exec(text)?.[1] ?? "none";
    const page = { path: "/" + name.split(sep).join("/").replace(/index\.html$/, ""), size: text.length };
    const [first, longest] = found.get(kind) ?? [page, page];
    found.set(kind, [first, page.size > longest.size ? page : longest]);
  }
  return [...new Set([...found.values()].flat().map((page) => page.path))];
}

/** Opens every closed part of a page, as a reader could. */
const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));

for (const width of [1280, 320]) {
  test(`no barrier on any type of page at ${width} px`, async () => {
    // The policy of the server would keep axe itself out.
    const { page, close } = await open(chrome, { viewport: { width, height: 900 }, bypassCSP: true });
    const wrong = [];
    for (const path of PAGES) {
      await page.goto("about:blank");
      await page.goto(site.root + path);
      if (/^.directory.($|[?#])/.test(path)) await page.waitForSelector("#search:not([hidden])");
      await unfold(page);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }), TAGS);
      for (const { id, nodes } of violations) wrong.push(`${path}: ${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 90)).join(" | ")}`);
    }
    assert.deepEqual(wrong, []);
    await close();
  });
}

test("every type of page is looked at", () => {
  for (const path of ["/", "/directory/", "/404.html", "/privacy/"]) assert.ok(PAGES.includes(path), path);
  assert.ok(PAGES.length > 30, `${PAGES.length} pages`);
});

test("no page runs over its sides at 320 px, and nothing breaks the policy", async () => {
  const { page, faults, close } = await open(chrome, { viewport: { width: 320, height: 700 } });
  const wrong = [];
  for (const path of PAGES) {
    await page.goto("about:blank");
    await page.goto(site.root + path);
    await page.waitForLoadState();
    await unfold(page);
    const over = await page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= room) return [];
      return [...document.querySelectorAll("body *")].filter((node) => node.getBoundingClientRect().right > room + 1).slice(0, 3).map((node) => node.outerHTML.slice(0, 80));
    });
    if (over.length) wrong.push(`${path}: ${over.join(" | ")}`);
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(faults, []);
  await close();
});

test("targets of the search are at least 24 px high", async () => {
  const { page, close } = await open(chrome, { viewport: { width: 320, height: 700 } });
  await page.goto(`${site.root}/directory/?all=yes${PERSON}`);
  await page.waitForSelector("#search:not([hidden])");
  await unfold(page);
  const small = await page.$$eval("main button, main select, main summary, main input:not([type=checkbox]), main label.option", (all) =>
    all.filter((node) => node.getClientRects().length && node.getBoundingClientRect().height < 24).map((node) => node.outerHTML.slice(0, 80)));
  assert.deepEqual(small, []);
  await close();
});
