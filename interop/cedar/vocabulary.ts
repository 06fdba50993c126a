// What everything of a project is called in Cedar: types, attributes, actions. One list, read by schema, policies and entities.
import { actions, type Model } from "../../compiler/index.ts";
import { entityId, NameAllocator } from "./names.ts";

/** Cedar types of the export's own, whatever the project calls its entities. */
export const builtInTypes = ["User", "Team", "BusinessUnit", "Role", "Organization"] as const;
const commonTypes = ["Principal", "Roles", "Audience", "Shares", "Context"] as const;

/** The attributes that the export adds, each under a name that no declared attribute of the same type has. */
export interface AddedAttributes {
  readonly user: {
    readonly disabled: string;
    readonly businessUnit: string;
    /** Role -> units of the copies that he holds, himself or through an owner, group or default team. */
    readonly roles: string;
    /** Role -> units of the copies that are assigned to himself. */
    readonly ownRoles: string;
  };
  readonly team: {
    readonly businessUnit: string;
    readonly roles: string;
    readonly administrator: string;
  };
  /** `owner` and `businessUnit` of records are names of the language itself. */
  readonly record: { readonly shares: string };
}

export interface Vocabulary {
  /** By entity number. */
  readonly entities: readonly string[];
  /** Common types: `Principal` (a user or a team) and so on. */
  readonly types: Readonly<Record<(typeof commonTypes)[number], string>>;
  /** By role number: the key in `Roles`. */
  readonly roleKeys: readonly string[];
  /** By action number: `Action::"read"`. */
  readonly actions: readonly string[];
  /** By task number: the id of the action, and `Action::"ExportToExcel"`. */
  readonly taskIds: readonly string[];
  readonly tasks: readonly string[];
  readonly added: AddedAttributes;
}

export function vocabularyOf({ policy }: Model): Vocabulary {
  const types = new NameAllocator(builtInTypes);
  const entities = policy.entities.map(({ name }) => types.type(name));
  const common = Object.fromEntries(commonTypes.map((name) => [name, types.type(name)]));
  const keys = new NameAllocator();
  const actionIds = new NameAllocator(actions);
  const free = (declared: Iterable<{ readonly name: string }>) => {
    const names = new NameAllocator([...declared].map(({ name }) => name));
    return (name: string) => names.key(name);
  };
  const taskIds = policy.tasks.map(({ name }) => actionIds.key(name));
  const user = free(policy.principals.User);
  const team = free(policy.principals.Team);
  const record = free(policy.entities.flatMap((entity) => entity.attributes));
  return {
    entities,
    types: common as Vocabulary["types"],
    roleKeys: policy.roles.map(({ name }) => keys.key(name)),
    actions: actions.map((name) => entityId("Action", name)),
    taskIds,
    tasks: taskIds.map((id) => entityId("Action", id)),
    added: {
      user: {
        disabled: user("disabled"),
        businessUnit: user("businessUnit"),
        roles: user("roles"),
        ownRoles: user("ownRoles"),
      },
      team: {
        businessUnit: team("businessUnit"),
        roles: team("roles"),
        administrator: team("administrator"),
      },
      record: { shares: record("shares") },
    },
  };
}

/** What task privileges are asked about: they concern no record. */
export const taskResource = { type: "Organization", id: "organization" } as const;
