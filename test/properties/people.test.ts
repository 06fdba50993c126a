// People and places that come and go in random worlds: what the engine has brought up to date change by change answers as what
// is made anew from a snapshot of it, and what is taken back was never there.
import fc from "fast-check";
import { expect, test } from "vitest";
import { BailiwickError, Engine } from "../../runtime-ts/index.ts";
import { answersOf } from "../runtime/changes/answers.ts";
import { at, bits } from "./design-policy.ts";
import { engineOf } from "./engines.ts";
import type { Project } from "./project.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { projects } from "./world.ts";

type World = Parameters<Parameters<Engine["update"]>[0]>[0];

const pick = fc.noBias(fc.nat({ max: 65_535 }));
const draw = fc.record({ kind: pick, who: pick, what: pick, to: pick, more: pick });
type Draw = { readonly kind: number; who: number; what: number; to: number; more: number };

const present = (names: readonly string[]): string[] => names.filter((name) => name !== "");

/** What `draw` means in the world as it is: one change, which the model may refuse. */
function changeOf(engine: Engine, project: Project, made: number, { kind, who, what, to, more }: Draw) {
  // A name that nobody has, where nobody is left.
  const users = [...present(engine.userNames()), "nobody"];
  const units = engine.unitNames();
  const teams = present(engine.teamNames());
  const unit = at(units, what);
  const roles = bits(project.roles, more)
    .slice(0, 2)
    .map(({ name }) => name);
  const record = at(
    engine
      .entities()
      .flatMap(({ name: entity }) => present(engine.recordIds(entity)).map((id) => ({ entity, id }))),
    what,
  );
  const user = at(users, who);
  const team = at(teams, who);
  const sharee = to % 5 === 4 ? ("organization" as const) : to % 2 === 0 ? { user } : { team };
  const changes: readonly ((world: World) => void)[] = [
    (world) =>
      world.addUser(`new user ${made}`, {
        businessUnit: unit,
        roles,
        manager: user,
        disabled: more % 7 === 0,
      }),
    (world) => world.addUser(`new user ${made}`, { businessUnit: unit }),
    (world) => world.removeUser(user),
    (world) => world.removeUser(user),
    (world) =>
      world.addTeam(`new team ${made}`, {
        businessUnit: unit,
        kind: at(["owner", "group", "access"] as const, to),
        roles: to % 3 === 2 ? [] : roles,
        members: bits(users, more),
        administrator: user,
      }),
    (world) => world.removeTeam(team),
    (world) => world.removeTeam(team),
    (world) => world.addUnit(`new unit ${made}`, unit),
    (world) => {
      world.disableUnit(unit);
      world.deleteUnit(unit);
    },
    (world) => world.moveUnit(unit, at(units, to)),
    (world) => world.moveUser(user, unit),
    (world) => world.setMembers(team, bits(users, more)),
    (world) => world.setRoles(to % 2 === 0 ? { user } : { team }, roles),
    (world) => record && world.assign(record, to % 2 === 0 ? { user } : { team }),
    (world) => record && world.share(record, sharee, ["read", "write"]),
    (world) => record && world.unshare(record, sharee),
    (world) => world.setManager(user, at(users, to)),
    (world) => world.setAdministrator(team, to % 3 === 0 ? null : user),
  ];
  return changes[kind % changes.length] as (world: World) => void;
}

function attempt(engine: Engine, change: (world: World) => void): boolean {
  try {
    engine.update(change);
    return true;
  } catch (error) {
    if (error instanceof BailiwickError) return false;
    throw error;
  }
}

const steps = fc.array(draw, { minLength: 12, maxLength: 12, size: "max" });

test.each(["source", "loaded"] as const)("people and places come and go: %s", patient, (where) => {
  let done = 0;
  fc.assert(
    fc.property(projects(where), steps, (project, drawn) => {
      const engine = engineOf(project, "plain");
      drawn.forEach((step, made) => {
        const change = changeOf(engine, project, made, step);
        if (made % 4 === 3) {
          const before = answersOf(engine);
          attempt(engine, (world) => {
            change(world);
            throw new BailiwickError("BWK441", "taken back");
          });
          expect(answersOf(engine)).toEqual(before);
        }
        if (attempt(engine, change)) done++;
      });
      expect(answersOf(Engine.restore(engine.snapshot()))).toEqual(answersOf(engine));
    }),
    { numRuns: Math.ceil(worldsOfAProperty / 4), seed },
  );
  expect(done).toBeGreaterThan(0);
});
