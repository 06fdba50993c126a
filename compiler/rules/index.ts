import type { Report } from "../diagnostics/report.ts";
import type { Resolution } from "../model/resolve.ts";
import type { TestResolution } from "../model/resolve-test.ts";
import { AccessLevelExists } from "./AccessLevelExists.ts";
import { AccessTeamOnlyShares } from "./AccessTeamOnlyShares.ts";
import { ActionExists } from "./ActionExists.ts";
import { AppendMeetsAppendTo } from "./AppendMeetsAppendTo.ts";
import { ColumnIsOfRecord } from "./ColumnIsOfRecord.ts";
import { ConditionIsSmall } from "./ConditionIsSmall.ts";
import { ConditionSaysSomething } from "./ConditionSaysSomething.ts";
import { ExpressionHasType } from "./ExpressionHasType.ts";
import { ForbidHasNoLevel } from "./ForbidHasNoLevel.ts";
import { GrantAddsSomething } from "./GrantAddsSomething.ts";
import { GrantHasLevel } from "./GrantHasLevel.ts";
import { GuardrailMatchesSomething } from "./GuardrailMatchesSomething.ts";
import { MaskCanRun } from "./MaskCanRun.ts";
import { MaskHidesSomething } from "./MaskHidesSomething.ts";
import { NeededPrivilegeIsGranted } from "./NeededPrivilegeIsGranted.ts";
import { OptionalIsGuarded } from "./OptionalIsGuarded.ts";
import { OptionExists } from "./OptionExists.ts";
import { OwnerMayRead } from "./OwnerMayRead.ts";
import { OwnerTeamHasRole } from "./OwnerTeamHasRole.ts";
import { projectOf, type Rule } from "./project.ts";
import { RecordIsComplete } from "./RecordIsComplete.ts";
import { RecordUnitIsOwners } from "./RecordUnitIsOwners.ts";
import { RoleHasCopy } from "./RoleHasCopy.ts";
import { RootUnitStays } from "./RootUnitStays.ts";
import { SharedSetIsNamed } from "./SharedSetIsNamed.ts";
import { TaskPrivilegeLevel } from "./TaskPrivilegeLevel.ts";
import { UserHasRole } from "./UserHasRole.ts";
import { ValueHasType } from "./ValueHasType.ts";

/**
 * Every rule, in the order in which its findings are best read where they share a place: a word that cannot stand there
 * before what it would mean, errors before warnings.
 */
export const rules: readonly Rule[] = [
  ValueHasType,
  ExpressionHasType,
  OptionalIsGuarded,
  ConditionIsSmall,
  MaskCanRun,
  ColumnIsOfRecord,
  SharedSetIsNamed,
  ActionExists,
  AccessLevelExists,
  TaskPrivilegeLevel,
  ForbidHasNoLevel,
  RoleHasCopy,
  AccessTeamOnlyShares,
  RootUnitStays,
  RecordIsComplete,
  OwnerMayRead,
  UserHasRole,
  OwnerTeamHasRole,
  NeededPrivilegeIsGranted,
  AppendMeetsAppendTo,
  GrantHasLevel,
  GrantAddsSomething,
  GuardrailMatchesSomething,
  ConditionSaysSomething,
  OptionExists,
  RecordUnitIsOwners,
  MaskHidesSomething,
];

/** Judges a resolved project and its tests. */
export function applyRules(resolution: Resolution, tests: readonly TestResolution[], report: Report): void {
  const project = projectOf(resolution, tests);
  for (const rule of rules) rule(project, report);
}
