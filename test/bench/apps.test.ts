// The Cedar paper's applications: the encoding in our language, the one in Cedar and a search of the graph say the same.
import { setFlagsFromString } from "node:v8";
import { expect, test } from "vitest";
import { engineOf, numbered } from "../../bench/apps/engine-of.ts";
import { apps } from "../../bench/apps/index.ts";
import { cedarAsking } from "../../bench/peers/cedar.ts";

// test/cedar/cedar.ts says why.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");

const REQUESTS = 300;

for (const app of apps) {
  for (const n of [5, 10, 20]) {
    test(`${app.name}, ${n} of each kind: our engine, Cedar and a search of the graph decide alike`, () => {
      const world = app.make(n, n, REQUESTS);
      const engine = engineOf(world);
      const numbers = numbered(engine, world);
      const ask = cedarAsking(world.policies);
      let allowed = 0;
      world.requests.forEach((request, i) => {
        const expected = world.decide(request);
        const { principal, privilege, record } = numbers[i] as (typeof numbers)[number];
        const found = {
          numbers: engine.allows(principal, privilege, record),
          names: engine.check(world.question(request)).allowed,
          cedar: ask(world.call(request)),
        };
        expect(found, JSON.stringify(request)).toEqual({
          numbers: expected,
          names: expected,
          cedar: expected,
        });
        if (expected) allowed++;
      });
      expect(allowed).toBeGreaterThan(REQUESTS * 0.01);
      expect(allowed).toBeLessThan(REQUESTS * 0.9);
    });
  }

  test(`${app.name}: the seed decides everything`, () => {
    const said = (seed: number) => {
      const { requests, directory, records, shares, call } = app.make(10, seed, 20);
      return JSON.stringify({ requests, directory, records, shares, calls: requests.map(call) });
    };
    expect(said(3)).toBe(said(3));
    expect(said(3)).not.toBe(said(4));
  });
}

test("gdrive is the corrected variant: views grant something", () => {
  const world = apps.find(({ name }) => name === "gdrive")?.make(20, 1, 500);
  const withoutViews =
    world?.policies.replace(/permit[^;]*documentsAndFoldersWithViewAccess[^;]*;/, "") ?? "";
  const [all, some] = [world?.policies ?? "", withoutViews].map((policies) => {
    const ask = cedarAsking(policies);
    return world?.requests.filter((request) => ask(world.call(request))).length ?? 0;
  }) as [number, number];
  expect(all).toBeGreaterThan(some);
});
