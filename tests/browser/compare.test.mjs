// The shortlist in the address, and services side by side: what is carried, counted, told to differ,
// printed, refused; and what is left without scripts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { directory, open, stage } from "./harness.mjs";

const THREE = "copperleaf-house,rowan-court,foundry-lane-home";
let site, chrome;
stage((...both) => ([site, chrome] = both));

const list = (page) => new URL(page.url()).searchParams.get("ids");
const status = (page) => page.textContent("#shortlist-n");
const compared = async (page, ids) => {
  await page.goto(`${site.root}/compare/?ids=${ids}`);
  await page.waitForFunction(() => document.querySelector("#shortlist-n").textContent);
};
/** Rows of the table: head, what is said of it, and the cells. */
const rows = (page) => page.$$eval("#compared tbody tr", (all) => all.map((row) => {
  const [head, mark] = row.querySelector("th").childNodes;
  return [head.textContent, mark?.textContent ?? "", ...[...row.querySelectorAll("td")].map((cell) => cell.textContent)];
}));

test("services stand side by side, and what differs is told in words", async () => {
  const { page, faults, close } = await open(chrome);
  await compared(page, THREE);
  assert.equal(await status(page), "3 services side by side.");
  assert.deepEqual(await page.$$eval("#compared thead th", (all) => all.map((head) => [head.scope, head.firstChild.textContent])),
    [["col", "What"], ["col", "Copperleaf House"], ["col", "Rowan Court"], ["col", "Foundry Lane Children’s Home"]]);
  const table = Object.fromEntries((await rows(page)).map(([head, ...rest]) => [head, rest]));
  assert.deepEqual(table["Level of care"], ["Differs", "Supported living", "Open rehabilitation", "Children’s home"]);
  assert.deepEqual(table.Location, ["The same", "Avonbridge", "Avonbridge", "Avonbridge"]);
  assert.deepEqual(table["Free places"].slice(2), ["1 place free, 17 October 2026", "No places free, 27 October 2026"]);
  assert.deepEqual(table["Reviewers’ score"][2], "Not stated", "a score that its reviewer did not publish");
  assert.ok(Object.values(table).flat().every((text) => text.trim()), "no cell is blank");
  assert.ok(await page.$$eval("#compared tbody th", (heads) => heads.every((head) => head.scope === "row")));
  const alike = (await page.textContent("#compared > p:nth-of-type(2)")).trim();
  assert.match(alike, /^They are alike in: status, location/);
  assert.deepEqual(faults, []);
  await close();
});

test("every fact of the table stands on the service's own page", async () => {
  const { page, close } = await open(chrome);
  await compared(page, "copperleaf-house,rowan-court");
  const [links, table] = [await page.$$eval("#compared thead a:not([data-short])", (all) => all.map((a) => a.href)), await rows(page)];
  const plain = ["No such limit stated", "Open", "Not out of date", "On the regulator’s register", "Not stated"];
  for (const [at, href] of links.entries()) {
    await page.goto(href);
    const text = (await page.textContent("main")).replaceAll("\n", " ");
    for (const row of table) {
      for (const part of row[at + 2].split(", ").filter((part) => !plain.includes(part) && !row[at + 2].startsWith("No such"))) {
        assert.ok(text.toLowerCase().includes(part.replace(/ places?$/, "").toLowerCase()), `${href}: ${row[0]}: ${part}`);
      }
    }
  }
  await close();
});

test("a shortlist grows on results, goes along, shrinks, and takes four at most", async () => {
  const { page, faults, close } = await open(chrome);
  await directory(page, site.root, "?q=rehabilitation");
  const add = (at) => page.locator("#found .card [data-short]").nth(at);
  await add(0).click();
  assert.equal(await status(page), "Shortlist: 1 service.");
  assert.match(await add(0).textContent(), /^Remove from shortlist/);
  await add(1).click();
  const two = list(page);
  assert.equal(two.split(",").length, 2);
  assert.equal(new URL(page.url()).searchParams.get("q"), "rehabilitation");
  // Another search keeps the list, and so does the page of a service.
  await page.fill("#q", "autism");
  await page.press("#q", "Enter");
  assert.equal(list(page), two);
  await page.locator("#found .card-name a").first().click();
  assert.equal(list(page), two);
  await page.locator("#shortlist [data-short]").click();
  assert.equal(await status(page), "Shortlist: 3 services.");
  await page.locator("#shortlist-see").click();
  await page.waitForSelector("#compared table");
  assert.equal((await page.$$("#compared thead th")).length, 4);
  await page.locator("#compared thead [data-short]").first().click();
  await page.waitForFunction(() => document.querySelectorAll("#compared thead th").length === 3);
  assert.equal(list(page).split(",").length, 2);
  // Back in the directory two more have room, and a fifth has not.
  await page.locator("main ol a").click();
  await page.goto(`${page.url()}&all=yes`);
  await page.waitForSelector("#found .card [data-short]");
  for (let n = 0; n < 2; n++) await page.locator("#found [data-short]", { hasText: "Add to shortlist" }).first().click();
  assert.equal(await page.locator("#found [data-short]", { hasText: "Add to shortlist" }).count(), 0);
  assert.match(await page.locator("#found [data-short]", { hasText: "full" }).first().getAttribute("href"), /\/compare\/\?ids=/);
  assert.deepEqual(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]), ["", 0, 0]);
  assert.deepEqual(faults, []);
  await close();
});

test("a shortlist says nothing of the person who is searched for", async () => {
  const { page, close } = await open(chrome);
  await directory(page, site.root, "#level=open-rehab&gender=female");
  await page.locator("#found [data-short]").first().click();
  assert.match(page.url(), /\?ids=[a-z0-9-]+#/);
  site.asked.length = 0;
  await page.locator("#shortlist-see").click();
  await page.waitForSelector("#compared table");
  assert.ok(!page.url().includes("female"));
  assert.ok(site.asked.every(({ url, referer }) => !/female|open-rehab/.test(url.replace(/ids=[^&]*/, "")) && !referer), JSON.stringify(site.asked));
  await close();
});

test("what is no id is not taken for one, and what is gone is told", async () => {
  const { page, faults, close } = await open(chrome);
  await compared(page, "rowan-court,<img src=x onerror=alert(1)>,nobody,rowan-court");
  assert.equal(await status(page), "1 service side by side. 1 service of this link is not in the directory now. Add one to three more to compare.");
  assert.equal((await page.$$("main img")).length, 0);
  await compared(page, "");
  assert.equal(await status(page), "Your shortlist is empty.");
  assert.deepEqual(faults, []);
  await close();
});

test("four services fit a narrow screen and a sheet of paper", async () => {
  const { page, close } = await open(chrome, { viewport: { width: 320, height: 700 } });
  await compared(page, `${THREE},oxbow-men`);
  const sizes = await page.evaluate(() => {
    const [box, head] = [document.querySelector("#compared .table-wrap"), document.querySelector("#compared tbody th")];
    box.scrollLeft = 200;
    return { over: document.documentElement.scrollWidth - document.documentElement.clientWidth, head: head.getBoundingClientRect().width, left: head.getBoundingClientRect().left, focus: box.tabIndex };
  });
  assert.ok(sizes.over <= 0 && sizes.focus === 0, JSON.stringify(sizes));
  assert.ok(sizes.left >= 0 && sizes.head > 60 && sizes.head < 150, `the heads of rows stay in view: ${JSON.stringify(sizes)}`);
  await page.setViewportSize({ width: 720, height: 1000 });
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await page.$$eval("#compared .no-print, #shortlist", (all) => all.filter((node) => node.getClientRects().length).length), 0);
  assert.equal((await page.$$("#compared thead th")).length, 5);
  await close();
});

test("without scripts a service leads to the page, and the page to the lists", async () => {
  const { page, close } = await open(chrome, { javaScriptEnabled: false });
  await page.goto(`${site.root}/directory/ashlode-clinics/rowan-court/`);
  await page.locator("#shortlist a", { hasText: "Compare with other services" }).click();
  assert.match(page.url(), /\/compare\/\?ids=rowan-court$/);
  assert.match(await page.textContent("main"), /Without one, start at all providers, A to Z/);
  await page.locator("main a", { hasText: "all providers, A to Z" }).click();
  assert.equal(await page.textContent("h1"), "Directory of providers");
  await close();
});

test("facts for search engines are data, and true to the page", async () => {
  const { page, faults, close } = await open(chrome);
  await page.goto(`${site.root}/directory/ashlode-clinics/rowan-court/`);
  const thing = JSON.parse(await page.textContent("script[type='application/ld+json']"));
  assert.deepEqual([thing["@type"], thing.name, thing.provider.name], ["Service", "Rowan Court", "Ashlode Clinics"]);
  assert.equal(thing.availableChannel.serviceLocation.address.postalCode, "AV2 8PP");
  assert.ok(!JSON.stringify(thing).match(/price|vacanc|reviewer|occupied/i));
  assert.equal(await page.$eval(".map", (map) => map.getAttribute("role")), "img");
  assert.deepEqual(faults, []);
  await close();
});
