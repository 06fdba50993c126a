// The pool in a browser, where one is found: Chromium, by CHROME_PATH or where Linux distributions put it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundled } from "../../bench/harness/bundled.ts";

const browser = [process.env.CHROME_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
);

test.skipIf(browser !== undefined)("no browser is found: the pool is not tried in one", () => {});

/** With these a page may share memory with its workers. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Serves the page, isolated under /isolated/, and takes its results. */
function serve(script: string, take: (result: unknown) => void): Promise<Server> {
  const server = createServer((request, response) => {
    const { url = "" } = request;
    const headers = url.startsWith("/isolated/") ? isolation : {};
    if (url.endsWith("/result")) {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        response.end();
        take(JSON.parse(Buffer.concat(parts).toString("utf8")));
      });
    } else if (url.endsWith("/page.js")) {
      response.writeHead(200, { ...headers, "Content-Type": "text/javascript" }).end(script);
    } else {
      const html = '<!doctype html><script type="module" src="page.js"></script>';
      response.writeHead(200, { ...headers, "Content-Type": "text/html" }).end(html);
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const page = fileURLToPath(new URL("page.ts", import.meta.url));
const profile = mkdtempSync(join(tmpdir(), "bailiwick-browser-"));
let server: Server | undefined;
let running: ChildProcess | undefined;
let take: (result: unknown) => void = () => {};

beforeAll(async () => {
  if (browser !== undefined)
    server = await serve(await bundled(page, { platform: "browser" }, false), (result) => take(result));
});

afterAll(async () => {
  await endBrowser();
  server?.close();
  // Its helpers end a little later.
  await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

/** Ends the browser and its helpers, which would go on writing into the profile. */
async function endBrowser(): Promise<void> {
  const one = running;
  running = undefined;
  if (one?.pid === undefined || one.exitCode !== null || one.signalCode !== null) return;
  const ended = once(one, "exit");
  // It leads a group of its own, except on Windows, where there are none.
  if (process.platform === "win32") one.kill("SIGKILL");
  else process.kill(-one.pid, "SIGKILL");
  await ended;
}

/** What the page finds when the browser shows it. */
async function shown(path: string): Promise<unknown> {
  await endBrowser();
  const { port } = (server as Server).address() as AddressInfo;
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    `--user-data-dir=${profile}${path}`,
  ];
  const one = spawn(browser as string, [...flags, `http://127.0.0.1:${port}${path}`], {
    stdio: "ignore",
    detached: process.platform !== "win32",
  });
  running = one;
  return new Promise((resolve, reject) => {
    take = resolve;
    one.on("error", reject);
    one.on("exit", (code) => reject(new Error(`${browser} ended by itself (${code})`)));
  });
}

const same = { batch: true, filter: true, whoCan: true };

test.skipIf(browser === undefined)(
  "threads answer what the engine answers",
  { timeout: 60_000 },
  async () => {
    expect(await shown("/isolated/")).toEqual({ threads: 3, failures: 0, same, said: [] });
  },
);

test.skipIf(browser === undefined)(
  "a page that may not share memory is answered by one",
  { timeout: 60_000 },
  async () => {
    expect(await shown("/plain/")).toEqual({
      threads: 1,
      failures: 0,
      same,
      said: ["memory cannot be shared between threads here"],
    });
  },
);
