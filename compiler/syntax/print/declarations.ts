// Declarations that stand in a file and in a test alike.
import type { LocalDeclarationNode } from "../ast.ts";
import type { Doc } from "./doc.ts";
import {
  printColumnProfile,
  printDefaultTeam,
  printPosition,
  printRecord,
  printShare,
  printTeam,
  printUnit,
  printUser,
} from "./people.ts";
import type { Printer } from "./printer.ts";
import { printRole } from "./roles.ts";

export function printDeclared(p: Printer, node: LocalDeclarationNode): Doc {
  switch (node.kind) {
    case "User":
      return printUser(p, node);
    case "Team":
      return printTeam(p, node);
    case "DefaultTeam":
      return printDefaultTeam(p, node);
    case "Role":
      return printRole(p, node);
    case "Position":
      return printPosition(p, node);
    case "ColumnProfile":
      return printColumnProfile(p, node);
    case "Unit":
      return printUnit(p, node);
    case "Record":
      return printRecord(p, node);
    case "Share":
      return printShare(p, node);
  }
}
