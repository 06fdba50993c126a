import {
  ASSIGNMENT_WORDS,
  DISABLED,
  OPEN_PRINCIPAL,
  POSITION_WORDS,
  RECORD_ROW_ENTITY,
  RECORD_ROW_FIRST_VALUE,
  RECORD_ROW_ID,
  RECORD_ROW_OWNER,
  RECORD_ROW_OWNER_KIND,
  RECORD_ROW_PARENT,
  RECORD_ROW_UNIT,
  RECORD_ROW_VALUES,
  RECORD_WORDS,
  SECTION_ASSIGNMENTS,
  SECTION_MEMBERS,
  SECTION_POSITIONS,
  SECTION_RECORDS,
  SECTION_SHARES,
  SECTION_TEAMS,
  SECTION_UNITS,
  SECTION_USERS,
  SECTION_VALUES,
  SHARE_WORDS,
  TEAM_ROW_ADMINISTRATOR,
  TEAM_ROW_FIRST_MEMBER,
  TEAM_ROW_FIRST_ROLE,
  TEAM_ROW_FIRST_VALUE,
  TEAM_ROW_KIND,
  TEAM_ROW_MEMBERS,
  TEAM_ROW_NAME,
  TEAM_ROW_ROLES,
  TEAM_ROW_UNIT,
  TEAM_ROW_VALUES,
  TEAM_WORDS,
  TYPE_PRINCIPAL,
  UNIT_WORDS,
  USER_ROW_FIRST_ROLE,
  USER_ROW_FIRST_VALUE,
  USER_ROW_FLAGS,
  USER_ROW_MANAGER,
  USER_ROW_NAME,
  USER_ROW_POSITION,
  USER_ROW_ROLES,
  USER_ROW_UNIT,
  USER_ROW_VALUES,
  USER_WORDS,
  VALUE_TEAM,
  VALUE_WORDS,
} from "../../runtime-as/abi.ts";
import type { ImageReader } from "../image-reader.ts";
import type { Attribute, Entity, Policy, Role } from "../policy.ts";
import { quote } from "../quote.ts";
import { type DeclaredColumnShare, readColumnShares, readProfileMembers } from "../secured/read-secured.ts";
import type {
  Declarations,
  PositionDeclaration,
  Reference,
  RoleDeclaration,
  TeamDeclaration,
  UnitDeclaration,
  UserDeclaration,
  ValueDeclaration,
} from "./declarations.ts";

/** A record that the source declares. */
export interface DeclaredRecord {
  readonly entity: number;
  readonly id: string;
  /** PRINCIPAL_USER or PRINCIPAL_TEAM */
  readonly ownerKind: number;
  readonly owner: string | undefined;
  readonly unit: string | undefined;
  readonly parent: string | undefined;
  /** Values by attribute name, as the cells of a table would hold them. */
  readonly values: ReadonlyMap<string, string>;
}

export interface DeclaredShare {
  readonly entity: number;
  readonly id: string;
  /** PRINCIPAL_* */
  readonly principalKind: number;
  readonly principal: string | undefined;
  readonly direct: number;
  readonly inherited: number;
}

/** People, places, records and shares that the policy's source declares. */
export interface DeclaredWorld {
  readonly declarations: Declarations;
  readonly records: readonly DeclaredRecord[];
  readonly shares: readonly DeclaredShare[];
  readonly columnShares: readonly DeclaredColumnShare[];
}

class WorldReader {
  readonly #reader: ImageReader;
  readonly #policy: Policy;
  /** Names of which only a directory says whose they are. */
  readonly #userOrTeam: ReadonlySet<string>;

  constructor(reader: ImageReader, policy: Policy) {
    this.#reader = reader;
    this.#policy = policy;
    const open = policy.openNames.filter(({ kind }) => kind === OPEN_PRINCIPAL);
    this.#userOrTeam = new Set(open.map(({ name }) => name));
  }

  #reference(path: string, number: number): Reference | undefined {
    const name = this.#reader.optionalName(number);
    return name === undefined ? undefined : { path, name };
  }

  #roleDeclarations(path: string, first: number, count: number): RoleDeclaration[] {
    return Array.from({ length: count }, (_, i) => {
      const word = (column: number) =>
        this.#reader.word(SECTION_ASSIGNMENTS, ASSIGNMENT_WORDS, first + i, column);
      return { path, role: (this.#policy.roles[word(0)] as Role).name, unit: this.#reader.name(word(1)) };
    });
  }

  /**
   * Attribute values as a cell of a table holds them: principals say whether they are users or teams, where the source
   * knows.
   */
  #values(attributes: ReadonlyMap<string, Attribute>, first: number, count: number): Map<string, string> {
    const values = new Map<string, string>();
    for (let row = first; row < first + count; row++) {
      const word = (column: number) => this.#reader.word(SECTION_VALUES, VALUE_WORDS, row, column);
      const attribute = this.#reader.name(word(0));
      const text = this.#reader.name(word(2));
      const isPrincipal = attributes.get(attribute)?.type === TYPE_PRINCIPAL;
      const kind = word(1) === VALUE_TEAM ? "Team" : "User";
      const isOpen = kind === "User" && this.#userOrTeam.has(text);
      values.set(attribute, isPrincipal && !isOpen ? `${kind}::${JSON.stringify(text)}` : text);
    }
    return values;
  }

  #declaredValues(
    of: "user" | "team",
    holder: string,
    attributes: ReadonlyMap<string, Attribute>,
    first: number,
    count: number,
  ): ValueDeclaration[] {
    return Array.from(this.#values(attributes, first, count), ([attribute, value]) => ({
      path: `declared ${of} ${quote(holder)}, attribute ${quote(attribute)}`,
      of,
      holder,
      attribute,
      value,
    }));
  }

  /** Attribute values of a declared user. */
  userValues(row: number): ValueDeclaration[] {
    const word = (column: number) => this.#reader.word(SECTION_USERS, USER_WORDS, row, column);
    const name = this.#reader.name(word(USER_ROW_NAME));
    const { userAttributes } = this.#policy;
    const [first, count] = [word(USER_ROW_FIRST_VALUE), word(USER_ROW_VALUES)];
    return this.#declaredValues("user", name, userAttributes, first, count);
  }

  /** Attribute values of a declared team. */
  teamValues(row: number): ValueDeclaration[] {
    const word = (column: number) => this.#reader.word(SECTION_TEAMS, TEAM_WORDS, row, column);
    const name = this.#reader.name(word(TEAM_ROW_NAME));
    const { teamAttributes } = this.#policy;
    const [first, count] = [word(TEAM_ROW_FIRST_VALUE), word(TEAM_ROW_VALUES)];
    return this.#declaredValues("team", name, teamAttributes, first, count);
  }

  unit(row: number): UnitDeclaration {
    const word = (column: number) => this.#reader.word(SECTION_UNITS, UNIT_WORDS, row, column);
    const name = this.#reader.name(word(0));
    const path = `declared unit ${quote(name)}`;
    return { path, name, parent: this.#reference(path, word(1)), disabled: (word(2) & DISABLED) !== 0 };
  }

  user(row: number): UserDeclaration {
    const word = (column: number) => this.#reader.word(SECTION_USERS, USER_WORDS, row, column);
    const name = this.#reader.name(word(USER_ROW_NAME));
    const path = `declared user ${quote(name)}`;
    return {
      path,
      name,
      unit: { path, name: this.#reader.name(word(USER_ROW_UNIT)) },
      disabled: (word(USER_ROW_FLAGS) & DISABLED) !== 0,
      roles: this.#roleDeclarations(path, word(USER_ROW_FIRST_ROLE), word(USER_ROW_ROLES)),
      manager: this.#reference(path, word(USER_ROW_MANAGER)),
      position: this.#reference(path, word(USER_ROW_POSITION)),
    };
  }

  team(row: number): TeamDeclaration {
    const word = (column: number) => this.#reader.word(SECTION_TEAMS, TEAM_WORDS, row, column);
    const name = this.#reader.name(word(TEAM_ROW_NAME));
    const path = `declared team ${quote(name)}`;
    return {
      path,
      name,
      kind: word(TEAM_ROW_KIND),
      unit: { path, name: this.#reader.name(word(TEAM_ROW_UNIT)) },
      roles: this.#roleDeclarations(path, word(TEAM_ROW_FIRST_ROLE), word(TEAM_ROW_ROLES)),
      members: Array.from({ length: word(TEAM_ROW_MEMBERS) }, (_, i) => ({
        path,
        name: this.#reader.name(this.#reader.word(SECTION_MEMBERS, 1, word(TEAM_ROW_FIRST_MEMBER) + i, 0)),
      })),
      administrator: this.#reference(path, word(TEAM_ROW_ADMINISTRATOR)),
    };
  }

  position(row: number): PositionDeclaration {
    const word = (column: number) => this.#reader.word(SECTION_POSITIONS, POSITION_WORDS, row, column);
    const name = this.#reader.name(word(0));
    const path = `declared position ${quote(name)}`;
    return { path, name, parent: this.#reference(path, word(1)) };
  }

  record(row: number): DeclaredRecord {
    const word = (column: number) => this.#reader.word(SECTION_RECORDS, RECORD_WORDS, row, column);
    const entity = word(RECORD_ROW_ENTITY);
    const { attributes } = this.#policy.entities[entity] as Entity;
    return {
      entity,
      id: this.#reader.name(word(RECORD_ROW_ID)),
      ownerKind: word(RECORD_ROW_OWNER_KIND),
      owner: this.#reader.optionalName(word(RECORD_ROW_OWNER)),
      unit: this.#reader.optionalName(word(RECORD_ROW_UNIT)),
      parent: this.#reader.optionalName(word(RECORD_ROW_PARENT)),
      values: this.#values(attributes, word(RECORD_ROW_FIRST_VALUE), word(RECORD_ROW_VALUES)),
    };
  }

  share(row: number): DeclaredShare {
    const word = (column: number) => this.#reader.word(SECTION_SHARES, SHARE_WORDS, row, column);
    return {
      entity: word(0),
      id: this.#reader.name(word(1)),
      principalKind: word(2),
      principal: this.#reader.optionalName(word(3)),
      direct: word(4),
      inherited: word(5),
    };
  }

  rows<T>(section: number, read: (row: number) => T): T[] {
    return Array.from({ length: this.#reader.rows(section) }, (_, row) => read(row));
  }
}

/** Reads what the source declares beside the policy. Names are not checked yet: a directory may still declare them. */
export function readDeclaredWorld(reader: ImageReader, policy: Policy): DeclaredWorld {
  const world = new WorldReader(reader, policy);
  return {
    declarations: {
      units: world.rows(SECTION_UNITS, (row) => world.unit(row)),
      users: world.rows(SECTION_USERS, (row) => world.user(row)),
      teams: world.rows(SECTION_TEAMS, (row) => world.team(row)),
      positions: world.rows(SECTION_POSITIONS, (row) => world.position(row)),
      defaultTeamRoles: [],
      profileMembers: readProfileMembers(reader),
      values: [
        ...world.rows(SECTION_USERS, (row) => world.userValues(row)).flat(),
        ...world.rows(SECTION_TEAMS, (row) => world.teamValues(row)).flat(),
      ],
    },
    records: world.rows(SECTION_RECORDS, (row) => world.record(row)),
    shares: world.rows(SECTION_SHARES, (row) => world.share(row)),
    columnShares: readColumnShares(reader),
  };
}
