// What the test asks a browser. It comes to the browser as one bundle, and sends what it has found to the server it came from.
import { type Pool, startPool, threadsCore } from "../../runtime-ts/threads/index.ts";
import { largeBatch, largeTenant } from "../threads/large-tenant.ts";

const READ = 1;
const isEqual = (a: Uint32Array, b: Uint32Array): boolean =>
  a.length === b.length && a.every((word, i) => word === b[i]);

async function ask(): Promise<object> {
  const alone = largeTenant("auto");
  const requests = largeBatch(alone);
  const said: string[] = [];
  const loaded = globalThis.crossOriginIsolated ? largeTenant(threadsCore()) : alone;
  const pool: Pool = await startPool(loaded.engine, { workers: 2, onFallback: (why) => said.push(why) });
  const record = loaded.records[5] as number;
  const same = {
    batch: isEqual(
      (await pool.checkBatch(largeBatch(loaded))).words,
      alone.engine.checkBatch(requests).words,
    ),
    filter: isEqual((await pool.filter(17, READ)).words, alone.engine.filter(17, READ).words),
    whoCan: isEqual(
      (await pool.whoCan(READ, record)).words,
      alone.engine.whoCan(READ, alone.records[5] as number).words,
    ),
  };
  const { threads, failures } = pool;
  await pool.close();
  return { threads, failures, same, said };
}

const found = await ask().catch((error: unknown) => ({ error: String(error) }));
await fetch("result", { method: "POST", body: JSON.stringify(found) });
