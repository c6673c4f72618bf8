// What every browser test needs: the built site on a port of this computer, and Chromium.
// PLACEWISE_SITE names the built folder; CHROMIUM the browser, if it is not where Debian puts it.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join, normalize } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

const KINDS = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8",
  svg: "image/svg+xml", json: "application/json", csv: "text/csv", xml: "application/xml", txt: "text/plain" };

/** The policy that a host should send; stricter than a page's own, because it also forbids frames. */
export const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; " +
  "connect-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

export const SITE = process.env.PLACEWISE_SITE ?? "";
if (!existsSync(join(SITE, "index.html"))) {
  throw new Error("PLACEWISE_SITE must name the folder of a built site");
}

/** Serves a folder and keeps every address that was asked for. */
export async function serve(folder = SITE) {
  const asked = [];
  const server = createServer(async (request, response) => {
    asked.push({ url: request.url, referer: request.headers.referer ?? "" });
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const file = normalize(join(folder, path.endsWith("/") ? `${path}index.html` : path));
    try {
      const body = await readFile(file);
      const kind = KINDS[file.split(".").pop()] ?? "application/octet-stream";
      response.writeHead(200, { "Content-Type": kind, "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { root: `http://127.0.0.1:${server.address().port}`, asked, close: () => server.close() };
}

export function browser() {
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run"];
  return chromium.launch({ executablePath, args });
}

/** The site on a port, and a browser, from before the first test of a file until after the last. */
export function stage(ready, folder = SITE) {
  let site, chrome;
  before(async () => {
    site = await serve(folder);
    chrome = await browser();
    ready(site, chrome);
  });
  after(async () => {
    await chrome?.close();
    site?.close();
  });
}

/** A page that notes whatever goes wrong on it. */
export async function open(chrome, options = {}) {
  const context = await chrome.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("requestfailed", (request) => request.failure()?.errorText !== "net::ERR_ABORTED" && faults.push(`failed: ${request.url()}`));
  return { page, faults, close: () => context.close() };
}

/** The directory with its search ready. */
export async function directory(page, root, query = "") {
  await page.goto(`${root}/directory/${query}`);
  await page.waitForSelector("#search:not([hidden])");
}

/** Ids of all services found, page after page. */
export async function found(page) {
  const ids = [];
  for (;;) {
    ids.push(...await page.$$eval("#found .card-name a", (links) => links.map((a) => a.getAttribute("href").split("/").at(-2))));
    const next = page.locator("#next:visible");
    if (!await next.count()) return ids;
    await next.click();
  }
}
