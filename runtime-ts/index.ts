// The door of the runtime: everything that a program needs to ask compiled policies.
export type { Decision } from "./answer.ts";
export { Bitset, PrincipalSet, RecordSet } from "./bitset.ts";
export type { BatchRequests } from "./bulk.ts";
export type { DictionaryColumn, PackedTexts, TableColumn } from "./cells.ts";
export type { RoleEdit } from "./changes/role-editor.ts";
export type {
  HolderReference,
  NewTeam,
  NewUser,
  RoleGiven,
  WorldEditor,
} from "./changes/world-editor.ts";
export { type ConditionError, reasonOf, type Source } from "./decode.ts";
export {
  Engine,
  noRecord,
  wholeOrganization,
} from "./engine.ts";
export { BailiwickError, type RuntimeCode, runtimeCodes } from "./errors.ts";
export type {
  AccessLevel,
  ExplainedSource,
  ExplainOptions,
  Explanation,
  HeldCopy,
  HeldGrant,
} from "./explain/explanation.ts";
export type { Miss } from "./explain/misses/miss.ts";
export type { CoreKind } from "./instantiate.ts";
export type { LoadOptions, RestoreOptions } from "./load-options.ts";
export type {
  AttributeChanges,
  CreateOperation,
  FailedCheck,
  Operation,
  OperationDecision,
  PrincipalReference,
  UpdateOperation,
} from "./operations/operation.ts";
export type { NewRecordDescription, OwnerAnswer } from "./operations/owner-for.ts";
export type { CheckRequest, InContext, RecordDescription, RecordReference } from "./questions.ts";
export { type ColumnAccess, ColumnTable } from "./secured/column-access.ts";
export type { ColumnDecision, ColumnRequest, ColumnResource } from "./secured/column-questions.ts";
export type { SetOptions } from "./sets.ts";
export type { TablePlace } from "./tables/columns.ts";
export type { ShareColumns, ShareTable } from "./tables/read-shares.ts";
export type { RecordColumns, RecordTable } from "./tables/records.ts";
export type {
  Directory,
  DirectoryAttributes,
  DirectoryRole,
  DirectoryTeam,
  DirectoryUnit,
  DirectoryUser,
  DirectoryUserColumns,
} from "./world/directory.ts";
