// What the random stories are worth: every change and every operation happens, and is refused where something can refuse it.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangePlan, ScriptStep, SingleStep } from "./script-plan.ts";
import { type Script, scripts } from "./script-sketch.ts";
import { patient } from "./settings.ts";
import { ToldByTwin } from "./told-by-twin.ts";

type Count = (what: string) => void;

/** What is worth counting about a step that happened, beside its kind. */
function details(step: SingleStep, gone: ReadonlySet<string>): string[] {
  if (step.kind === "do") {
    const { operation, context } = step;
    return [
      ...(context === undefined || Object.keys(context).length === 0 ? [] : ["do in a context"]),
      ...(operation.kind === "create" && gone.has(`record ${operation.id}`) ? ["an id again"] : []),
    ];
  }
  const { change } = step;
  if (change.kind === "edit role") {
    return [
      ...(change.like === undefined ? [] : ["edit role like"]),
      ...(change.tasks === undefined ? [] : ["edit role tasks"]),
    ];
  }
  if (change.kind !== "add user" && change.kind !== "add team" && change.kind !== "add unit") return [];
  return gone.has(`${change.kind.slice(4)} ${change.name}`) ? [`${change.kind} again`] : [];
}

/** The name that a step frees where it happens. */
function freed({ kind, ...step }: SingleStep): string | undefined {
  if (kind === "do") {
    const { operation } = step as Extract<SingleStep, { kind: "do" }>;
    return operation.kind === "delete" ? `record ${operation.record.id}` : undefined;
  }
  const { change } = step as Extract<SingleStep, { kind: "set" }>;
  if (change.kind === "remove user") return `user ${change.user}`;
  if (change.kind === "remove team") return `team ${change.team}`;
  if (change.kind === "delete unit") return `unit ${change.unit}`;
  return change.kind === "delete record" ? `record ${change.record.id}` : undefined;
}

const kindOf = (change: ChangePlan): string =>
  change.kind === "administer" ? `administer ${change.operation.kind}` : change.kind;

function count({ project, steps }: Script, add: Count): void {
  const twin = new ToldByTwin(project);
  const gone = new Set<string>();
  const tell = (step: ScriptStep): void => {
    if (step.kind === "restore") add("restore");
    else if (step.kind === "together") {
      add(step.takenBack ? "taken back" : "together");
      const before = twin.story.world.copy();
      for (const each of step.steps) tell(each);
      if (step.takenBack) twin.story.goBack(before);
    } else if (twin.knows(step)) {
      const kind = step.kind === "do" ? `do ${step.operation.kind}` : kindOf(step.change);
      const { done, reason } = twin.tell(step, false);
      add(`${kind} ${done ? "done" : "refused"}`);
      if (reason !== undefined) add(`reason ${reason.split(" ")[0]}`);
      if (done) for (const detail of details(step, gone)) add(detail);
      const name = done ? freed(step) : undefined;
      if (name !== undefined) gone.add(name);
      for (const described of project.described)
        if (twin.mayDescribe(described))
          add(`described ${described.owner === undefined ? "without owner" : "owned"}`);
    }
  };
  add(project.users.length % 2 === 0 ? "the SIMD core" : "the plain core");
  const { hierarchy } = project;
  if (hierarchy !== undefined) add(`hierarchy ${hierarchy.model}`);
  if (hierarchy?.disabledReports === false) add("hierarchy without disabled reports");
  for (const { owner } of project.ownerRules ?? [])
    add(
      `owner rule ${owner === "creator" ? owner : "path" in owner ? `of ${owner.path.length}` : owner.kind}`,
    );
  for (const step of steps) tell(step);
}

const operations = [
  ...["create", "update", "assign", "share", "unshare", "append", "associate", "disassociate"],
  ...["delete", "merge", "shareColumn", "unshareColumn"],
];
/** What somebody or something may stand in the way of. */
const refusable = [
  ...["edit user", "move unit", "disable unit", "delete unit", "move team", "edit team", "delete record"],
  ...["add user", "remove user", "add team", "remove team", "add unit"],
];
const changes = [
  ...[
    ...refusable,
    "move user",
    "disable user",
    "edit role",
    "edit record",
    "create record",
    "share",
    "unshare",
  ],
  ...["write user", "write team", "share column", "profile members"],
  ...["load records", "load shares"],
];

/** What an administrator makes happen; the first can be refused. */
const administered = [
  ...["assign", "merge", "share", "unshare", "append", "associate", "disassociate"],
  ...["shareColumn", "unshareColumn"],
];

test("in 1,200 stories everything happens, and what can be refused is refused", patient, () => {
  const counts = new Map<string, number>();
  const add: Count = (what) => void counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const where of ["source", "loaded"] as const)
    for (const script of fc.sample(scripts(where, 30), { numRuns: 600, seed: 20261124 })) count(script, add);
  const wanted = [
    ...operations.flatMap((kind) => [`do ${kind} done`, `do ${kind} refused`]),
    ...[...changes.map((kind) => `${kind} done`), ...refusable.map((kind) => `${kind} refused`)],
    ...["privilege", "access", "forbid", "owner", "disabled", "state"].map((reason) => `reason ${reason}`),
    ...["do in a context", "edit role like", "edit role tasks", "restore", "together", "taken back"],
    ...["add user again", "add team again", "add unit again", "an id again"],
    ...administered.map((kind) => `administer ${kind} done`),
    ...["administer assign", "administer merge", "load records", "load shares"].map(
      (kind) => `${kind} refused`,
    ),
    ...["the SIMD core", "the plain core", "described owned", "described without owner"],
    ...["hierarchy manager", "hierarchy position", "hierarchy without disabled reports"],
    ...["creator", "user", "team", "of 1", "of 2", "of 3"].map((rule) => `owner rule ${rule}`),
  ];
  const rare = wanted.filter((key) => (counts.get(key) ?? 0) < 6);
  expect(rare.map((key) => `${key}: ${counts.get(key) ?? 0}`)).toEqual([]);
});
