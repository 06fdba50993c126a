import type { AttributeValues, Change, GivenRole, Policy } from "../compiler/index.ts";
import type { RoleGiven, WorldEditor } from "../runtime-ts/index.ts";
import { principalReference, recordName, rightNames, sharee } from "./engine-operation.ts";
import { plainValues } from "./plain-values.ts";

/** Makes an administrator's change. Throws BailiwickError where the model's rules refuse it. */
export function makeChange(
  world: WorldEditor,
  policy: Policy,
  change: Change,
  editedRoles: ReadonlyMap<Change, string>,
): void {
  switch (change.kind) {
    case "move user":
      world.moveUser(change.user, change.unit);
      break;
    case "disable user":
      if (change.disabled) world.disableUser(change.user);
      else world.enableUser(change.user);
      break;
    case "edit user":
      editUser(world, policy, change);
      break;
    case "move unit":
      world.moveUnit(change.unit, change.under);
      break;
    case "disable unit":
      if (change.disabled) world.disableUnit(change.unit);
      else world.enableUnit(change.unit);
      break;
    case "delete unit":
      world.deleteUnit(change.unit);
      break;
    case "move team":
      world.moveTeam(change.team, change.unit);
      break;
    case "edit team":
      editTeam(world, policy, change);
      break;
    case "edit record":
      editRecord(world, policy, change);
      break;
    case "edit role":
      world.editRole(policy.roles[change.role]?.name ?? "", { like: editedRoles.get(change) ?? "" });
      break;
    case "share":
      world.setShare(recordName(policy, change.record), sharee(change.principal), rightNames(change.rights));
      break;
    case "unshare":
      world.unshare(recordName(policy, change.record), sharee(change.principal));
      break;
    case "share column":
    case "unshare column":
      world.setColumnShare(
        recordName(policy, change.record),
        change.attribute,
        sharee(change.principal),
        change.kind === "share column" ? rightNames(change.rights) : [],
      );
  }
}

function editUser(
  world: WorldEditor,
  policy: Policy,
  { user, roles, manager, position, attributes }: Extract<Change, { kind: "edit user" }>,
): void {
  if (roles !== undefined) world.setRoles({ user }, given(policy, roles));
  if (manager !== undefined) world.setManager(user, manager);
  if (position !== undefined) world.setPosition(user, position);
  setAttributes(attributes, (values) =>
    world.setAttributes({ user }, plainValues(policy.principals.User, values)),
  );
}

function editTeam(
  world: WorldEditor,
  policy: Policy,
  { team, roles, members, administrator, attributes }: Extract<Change, { kind: "edit team" }>,
): void {
  if (roles !== undefined) world.setRoles({ team }, given(policy, roles));
  if (members !== undefined) world.setMembers(team, members);
  if (administrator !== undefined) world.setAdministrator(team, administrator);
  setAttributes(attributes, (values) =>
    world.setAttributes({ team }, plainValues(policy.principals.Team, values)),
  );
}

function editRecord(
  world: WorldEditor,
  policy: Policy,
  { record, owner, unit, attributes }: Extract<Change, { kind: "edit record" }>,
): void {
  world.change({
    kind: "update",
    record: recordName(policy, record),
    ...(owner !== undefined && { owner: principalReference(owner) }),
    ...(unit !== undefined && { businessUnit: unit }),
    attributes: plainValues(policy.entities[record.entity]?.attributes ?? [], attributes),
  });
}

const setAttributes = (values: AttributeValues, set: (values: AttributeValues) => void): void => {
  if (values.size > 0) set(values);
};

const given = (policy: Policy, roles: readonly GivenRole[]): RoleGiven[] =>
  roles.map(({ role, unit }) => {
    const name = policy.roles[role]?.name ?? "";
    return unit === undefined ? name : { role: name, businessUnit: unit };
  });
