// People and places that come and go in a story, and what becomes of them in between (semantics.md section 2).
import type { AttributePlan } from "./attribute-plan.ts";
import { scatter } from "./design-attributes.ts";
import { at, bits } from "./design-policy.ts";
import { sometimes } from "./design-world.ts";
import type { Cast, StepSketch } from "./script-cast.ts";
import type { ChangePlan, HolderWritten } from "./script-plan.ts";

const teamKinds = ["owner", "group", "owner", "access"] as const;

/** Somebody or some place comes, goes, or gets other attributes. */
export function designPeople(cast: Cast, sketch: StepSketch): ChangePlan {
  const { who, what, to, more } = sketch;
  const { users, units, teams } = cast;
  if (more % 3 === 1 && cast.lastLeft === "team") return newTeam(cast, sketch);
  if (more % 3 === 1 && cast.lastLeft === "unit") return newUnit(cast, sketch);
  switch (what % 12) {
    case 0:
    case 1:
    case 2:
      return newUser(cast, sketch);
    case 3:
    case 4: {
      const user = at(users, who);
      cast.leave("user", user);
      return { kind: "remove user", user };
    }
    case 5:
      return newTeam(cast, sketch);
    case 6:
    case 7: {
      // Now and then a default team, which only goes with its unit.
      const names = [...teams.map(({ name }) => name), ...teams.map(({ name }) => name), at(units, to)];
      // What the story made itself seldom owns records.
      const team = (who % 2 === 0 ? teams.at(-1)?.name : undefined) ?? at(names, who >> 1);
      cast.leave("team", team);
      return { kind: "remove team", team };
    }
    case 8:
      return newUnit(cast, sketch);
    case 9:
    case 10: {
      const written = holderWritten(cast, cast.project.principals.User, more);
      return { kind: "write user", user: at(users, who), written };
    }
    default: {
      const written = holderWritten(cast, cast.project.principals.Team, more);
      return { kind: "write team", team: at([...teams.map(({ name }) => name), ...units], who), written };
    }
  }
}

/** Some get a value, of the others those that may be absent are emptied. */
function holderWritten(cast: Cast, attributes: readonly AttributePlan[], more: number): HolderWritten {
  const some = attributes.filter((_, index) => (more >> index) % 3 > 0);
  const values = cast.values(some, scatter(more, attributes.length));
  const clear = some.filter(({ name, optional }) => optional && values[name] === undefined);
  return { attributes: values, clear: clear.map(({ name }) => name) };
}

function newUnit(cast: Cast, { to, more }: StepSketch): ChangePlan {
  const name = cast.newName("unit", more);
  const change: ChangePlan = { kind: "add unit", name, under: at(cast.units, to) };
  if (!cast.units.includes(name)) cast.units.push(name);
  return change;
}

function newUser(cast: Cast, { who, to, more }: StepSketch): ChangePlan {
  const { project, users, units } = cast;
  const { positions = [] } = project;
  const name = cast.newName("user", who);
  const change: ChangePlan = {
    kind: "add user",
    name,
    unit: at(units, to),
    roles: cast.roles(more | (1 << 10)),
    ...(more % 4 === 1 ? { manager: at(users, more >> 2) } : {}),
    ...(positions.length > 0 && more % 4 === 2 ? { position: at(positions, more >> 2).name } : {}),
    disabled: more % 9 === 8,
    attributes: cast.values(project.principals.User, scatter(more, who), sometimes),
  };
  if (!users.includes(name)) users.push(name);
  return change;
}

function newTeam(cast: Cast, { who, what, to, more }: StepSketch): ChangePlan {
  const { project, users, units, teams } = cast;
  const name = cast.newName("team", who);
  const kind = at(teamKinds, to >> 4);
  const change: ChangePlan = {
    kind: "add team",
    name,
    of: kind,
    unit: at(units, to),
    roles: kind === "access" && what % 3 > 0 ? [] : cast.roles(more | (1 << 10)),
    members: bits(users, more),
    ...(to % 3 === 0 ? { administrator: at(users, to >> 2) } : {}),
    attributes: cast.values(project.principals.Team, scatter(more, who), sometimes),
  };
  const before = teams.findIndex((team) => team.name === name);
  // Whichever it is: the former is there where it was not removed.
  if (before >= 0) teams.splice(before, 1);
  teams.push({ name, kind });
  return change;
}
