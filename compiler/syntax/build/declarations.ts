// Declarations that stand in a file and in a test alike.
import type { LocalDeclarationNode } from "../ast.ts";
import type { StatementCstChildren } from "../cst.gen.ts";
import { type Builder, one } from "./builder.ts";
import type { Declared } from "./declared.ts";
import {
  buildColumnProfile,
  buildDefaultTeam,
  buildPosition,
  buildRecord,
  buildShare,
  buildTeam,
  buildUser,
} from "./people.ts";
import { buildRole } from "./roles.ts";

type Member = "user" | "role" | "team" | "defaultTeam" | "position" | "columnProfile" | "record" | "share";

export function buildMember(
  b: Builder,
  children: Pick<StatementCstChildren, Member>,
  declared: Declared,
): LocalDeclarationNode {
  const { user, role, team, defaultTeam, position, columnProfile, record, share } = children;
  if (user !== undefined) return buildUser(b, one(user), declared);
  if (role !== undefined) return buildRole(b, one(role), declared);
  if (team !== undefined) return buildTeam(b, one(team), declared);
  if (defaultTeam !== undefined) return buildDefaultTeam(b, one(defaultTeam), declared);
  if (position !== undefined) return buildPosition(b, one(position), declared);
  if (columnProfile !== undefined) return buildColumnProfile(b, one(columnProfile), declared);
  if (record !== undefined) return buildRecord(b, one(record), declared);
  return buildShare(b, one(one(share as NonNullable<typeof share>).children.shareClause), declared);
}
