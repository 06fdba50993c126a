import { BailiwickError } from "../errors.ts";
import type { Policy, Role } from "../policy.ts";
import { printName, quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import type { RoleDeclaration } from "./declarations.ts";
import type { Units } from "./number-units.ts";
import type { Assignment } from "./world.ts";

/** Turns role declarations into role copies (semantics.md B5, B6). */
export class RoleAssigner {
  readonly #policy: Policy;
  readonly #units: Units;
  /** The unit that owns each role; the root is 0. */
  readonly #owners: readonly number[];

  constructor(policy: Policy, units: Units) {
    this.#policy = policy;
    this.#units = units;
    this.#owners = policy.roles.map((role) => this.#ownerOf(role));
  }

  #ownerOf({ name, unit }: Role): number {
    if (unit === undefined) return 0;
    const number = this.#units.numbers.get(unit);
    if (number !== undefined) return number;
    throw new BailiwickError(
      "BWK201",
      `unknown business unit ${quote(unit)}, which role ${quote(name)} belongs to`,
    );
  }

  /**
   * The copies that a holder in `holderUnit` gets. Throws BWK421 for an unknown role or unit, BWK424 for a copy that does
   * not exist or that the classic mode does not let him hold.
   */
  assign(roles: readonly RoleDeclaration[], holderUnit: number): Assignment[] {
    return roles.map((declaration) => this.#assignOne(declaration, holderUnit));
  }

  #assignOne({ path, role: name, unit: unitName }: RoleDeclaration, holderUnit: number): Assignment {
    const { names, numbers, ends } = this.#units;
    const role = this.#policy.roleNumbers.get(name);
    if (role === undefined) {
      throw new BailiwickError(
        "BWK421",
        `${path}: unknown role ${quote(name)}`,
        didYouMean(name, this.#policy.roleNumbers.keys()),
      );
    }
    const unit = unitName === undefined ? holderUnit : numbers.get(unitName);
    if (unit === undefined) {
      const unknown = unitName as string;
      throw new BailiwickError(
        "BWK421",
        `${path}: unknown business unit ${quote(unknown)}`,
        didYouMean(unknown, numbers.keys()),
      );
    }
    if (unit !== holderUnit && !this.#policy.modern) {
      throw new BailiwickError(
        "BWK424",
        `${path}: role ${quote(name)} of business unit ${quote(names[unit] as string)} cannot be held in ${quote(names[holderUnit] as string)}`,
        "only the modern mode assigns roles of other units: `settings { ownershipAcrossBusinessUnits: true; }`",
      );
    }
    const owner = this.#owners[role] as number;
    if (unit < owner || unit > (ends[owner] as number)) {
      throw new BailiwickError(
        "BWK424",
        `${path}: role ${quote(name)} is not available in business unit ${quote(names[unit] as string)}`,
        `it belongs to ${printName(names[owner] as string)} and is available there and below`,
      );
    }
    return { role, unit };
  }
}
