// B4: a moved unit takes its subtree along, and what lies elsewhere does not notice.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Oracle } from "../oracle/evaluate.ts";
import { at } from "./design-policy.ts";
import type { Project } from "./project.ts";
import { questionsOf } from "./questions.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { toPolicy, toWorld } from "./to-model.ts";
import { withoutConditions } from "./without-conditions.ts";
import { projects } from "./world.ts";

/** The unit and everything below it. */
function subtree({ units }: Project, unit: string): Set<string> {
  const inside = new Set([unit]);
  // Parents come before their children.
  for (const { name, parent } of units) if (parent !== undefined && inside.has(parent)) inside.add(name);
  return inside;
}

/** The project with a unit moved elsewhere, and what moved; undefined where there is no other place. */
function move(
  project: Project,
  what: number,
  to: number,
): { moved: Set<string>; after: Project } | undefined {
  const movable = project.units.filter((unit) => unit.parent !== undefined);
  if (movable.length === 0) return undefined;
  const { name } = at(movable, what);
  const moved = subtree(project, name);
  const parent = at(
    project.units.filter((unit) => !moved.has(unit.name)),
    to,
  ).name;
  const units = project.units.map((unit) => (unit.name === name ? { ...unit, parent } : unit));
  return { moved, after: { ...project, units } };
}

/** Everybody below a user, in the manager model. */
function reportsTo({ users, hierarchy }: Project, manager: string): string[] {
  if (hierarchy?.model !== "manager") return [];
  const below = new Set<string>();
  const add = (name: string): void => {
    for (const user of users)
      if (user.manager === name && !below.has(user.name)) {
        below.add(user.name);
        add(user.name);
      }
  };
  add(manager);
  return [...below];
}

test("moving a unit changes no answer about users and records outside of it", patient, () => {
  let changed = 0;
  fc.assert(
    fc.property(projects("loaded"), fc.nat(), fc.nat(), (project, what, to) => {
      // A condition can name any unit, and so look at what moves from everywhere.
      const before = withoutConditions(project);
      const step = move(before, what, to);
      if (step === undefined) return;
      const { moved, after } = step;
      const worlds = [before, after].map((project) => toWorld(project));
      const [old, now] = worlds.map((world) => new Oracle(toPolicy(before), world));
      const [world] = worlds;
      const unitOfUser = new Map(before.users.map((user) => [user.name, user.unit]));
      const unitOfRecord = new Map(
        world?.records.map((record) => [`${before.entities[record.entity]?.name} ${record.id}`, record.unit]),
      );
      const byParent = new Set(
        before.entities.filter(({ ownership }) => ownership === "parent").map(({ name }) => name),
      );
      for (const question of questionsOf(before)) {
        const { principal, record } = question;
        const same = old?.check(question).reason === now?.check(question).reason;
        if (!same) changed++;
        // A record that its parent decides lies where the parent lies.
        if (record === undefined || !("id" in record) || byParent.has(record.entity)) continue;
        const unit = unitOfRecord.get(`${record.entity} ${record.id}`);
        // H4: whether a report's unit fits his manager's says what the manager reaches.
        const holders = [principal, ...reportsTo(before, principal)];
        const concerned =
          holders.some((user) => moved.has(unitOfUser.get(user) ?? "")) ||
          (unit !== undefined && moved.has(unit));
        if (!concerned) expect(same, JSON.stringify(question)).toBe(true);
      }
    }),
    { numRuns: worldsOfAProperty, seed },
  );
  // The test would say nothing if no move ever changed an answer.
  if (worldsOfAProperty >= 500) expect(changed).toBeGreaterThan(0);
});
