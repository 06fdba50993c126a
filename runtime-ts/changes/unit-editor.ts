import { NONE, TEAM_DEFAULT } from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import type { Core } from "../instantiate.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import type { Units } from "../world/number-units.ts";
import { UnitRenumberer } from "./renumber-units.ts";
import { parentsOf, type Renumbering, renumber } from "./unit-tree.ts";

/** Changes business units by number (semantics.md B1 to B4). The rules of the model that forbid a change throw. */
export class UnitEditor {
  readonly #core: Core;
  readonly #loaded: LoadedWorld;
  readonly #renumberer: UnitRenumberer;

  constructor(core: Core, memory: Memory, policy: Policy, loaded: LoadedWorld) {
    this.#core = core;
    this.#loaded = loaded;
    this.#renumberer = new UnitRenumberer(core, memory, policy, loaded);
  }

  get #units(): Units {
    return this.#loaded.world.units;
  }

  #name(unit: number): string {
    return this.#units.names[unit] as string;
  }

  #notTheRoot(unit: number, what: string): void {
    if (unit === 0)
      throw new BailiwickError(
        "BWK309",
        `${quote(this.#name(0))} is the root business unit and cannot be ${what}`,
      );
  }

  /** The units in another order; `added` is the name of one that is new. */
  #apply({ before, ends }: Renumbering, added: string | undefined, disabled: readonly boolean[]): void {
    const { names } = this.#units;
    const isNew = (unit: number) => unit >= names.length;
    const newNames = before.map((unit) => (isNew(unit) ? (added as string) : (names[unit] as string)));
    const newDisabled = before.map((unit) => disabled[unit] === true);
    const parents = parentsOf(ends);
    const enabled: boolean[] = [];
    newDisabled.forEach((mark, unit) => {
      const parent = parents[unit] as number;
      enabled.push(!mark && (parent < 0 || enabled[parent] === true));
    });
    const numbers = new Map(newNames.map((name, number) => [name, number]));
    const units = { names: newNames, numbers, ends, enabled, disabled: newDisabled };
    this.#renumberer.apply(
      units,
      before.map((unit) => (isNew(unit) ? NONE : unit)),
    );
    const { people, peopleEditor } = this.#loaded;
    people.writeUnits();
    peopleEditor.enableAll();
    peopleEditor.guardAll();
  }

  /** A unit under another one; its subtree comes along (B4). Throws BWK309, BWK447. */
  moveUnit(unit: number, under: number): void {
    const { ends, disabled } = this.#units;
    this.#notTheRoot(unit, "moved");
    if (under >= unit && under <= (ends[unit] as number)) {
      throw new BailiwickError(
        "BWK447",
        `business unit ${quote(this.#name(under))} lies in ${quote(this.#name(unit))}`,
      );
    }
    const parents = parentsOf(ends);
    if (parents[unit] === under) return;
    parents[unit] = under;
    this.#apply(renumber(parents, unit), undefined, disabled);
  }

  /** Throws BWK309 for the root. */
  disableUnit(unit: number, isDisabled: boolean): void {
    if (isDisabled) this.#notTheRoot(unit, "disabled");
    const { world, editor, peopleEditor, stale } = this.#loaded;
    const former = world.units;
    const disabled = former.disabled.with(unit, isDisabled);
    const enabled: boolean[] = [];
    const parents = parentsOf(former.ends);
    disabled.forEach((mark, number) => {
      const parent = parents[number] as number;
      enabled.push(!mark && (parent < 0 || enabled[parent] === true));
    });
    world.units = { ...former, disabled, enabled };
    editor.journal.done(() => {
      world.units = former;
    });
    peopleEditor.enableAll();
    stale.people = true;
  }

  /** A new unit, with its default team. Its name must be free. */
  addUnit(name: string, under: number): void {
    const parents = parentsOf(this.#units.ends);
    const added = parents.push(under) - 1;
    this.#apply(renumber(parents, added), name, [...this.#units.disabled, false]);
    const unit = this.#units.numbers.get(name) as number;
    this.#loaded.peopleEditor.teams.addTeam(name, TEAM_DEFAULT, unit);
  }

  /** With its default team and the copies of roles that lie in it. Throws BWK309, BWK446, BWK449. */
  deleteUnit(unit: number): void {
    const { world, peopleEditor } = this.#loaded;
    const { ends, disabled } = this.#units;
    const name = this.#name(unit);
    this.#notTheRoot(unit, "deleted");
    if (!disabled[unit]) {
      throw new BailiwickError("BWK446", `business unit ${quote(name)} is not disabled`, "disable it first");
    }
    const within = this.#something(unit, ends[unit] as number);
    if (within !== undefined) {
      throw new BailiwickError("BWK446", `business unit ${quote(name)} is not empty: ${within} is in it`);
    }
    peopleEditor.teams.dropTeam(world.teams.numbers.get(name) as number, name);
    peopleEditor.dropCopies(unit);
    const parents: (number | undefined)[] = parentsOf(ends);
    parents[unit] = undefined;
    this.#apply(renumber(parents, -1), undefined, disabled);
  }

  /** Something that lies in a unit, in words. */
  #something(unit: number, end: number): string | undefined {
    const { users, teams } = this.#loaded.world;
    if (end !== unit) return `business unit ${quote(this.#name(unit + 1))}`;
    const user = users.units.findIndex((of, user) => of === unit && users.names.at(user) !== "");
    if (user >= 0) return `user ${quote(users.names.at(user))}`;
    const team = teams.names.findIndex(
      (name, number) => name !== "" && teams.units[number] === unit && teams.kinds[number] !== TEAM_DEFAULT,
    );
    if (team >= 0) return `team ${quote(teams.names[team] as string)}`;
    const records = this.#core.recordsInUnit(unit);
    return records === 0 ? undefined : records === 1 ? "a record" : `one of ${records} records`;
  }
}
