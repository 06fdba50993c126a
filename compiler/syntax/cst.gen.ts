// generated from compiler/syntax/grammar by test/syntax/cst-types.test.ts -u; do not edit
import type { CstNode, IToken } from "chevrotain";

export interface AnnotationCstNode extends CstNode {
  name: "annotation";
  children: AnnotationCstChildren;
}

export type AnnotationCstChildren = {
  Sign: IToken[];
  key: IToken[];
  LParen?: IToken[];
  Text?: IToken[];
  RParen?: IToken[];
};

export interface ReferenceCstNode extends CstNode {
  name: "reference";
  children: ReferenceCstChildren;
}

export type ReferenceCstChildren = {
  NameLike: (IToken)[];
  ColonColon?: IToken[];
};

export interface EntityIdCstNode extends CstNode {
  name: "entityId";
  children: EntityIdCstChildren;
}

export type EntityIdCstChildren = {
  NameLike: (IToken)[];
  ColonColon: IToken[];
};

export interface ShareTargetCstNode extends CstNode {
  name: "shareTarget";
  children: ShareTargetCstChildren;
}

export type ShareTargetCstChildren = {
  Organization?: IToken[];
  reference?: ReferenceCstNode[];
};

export interface ConditionCstNode extends CstNode {
  name: "condition";
  children: ConditionCstChildren;
}

export type ConditionCstChildren = {
  When?: IToken[];
  Unless?: IToken[];
  LCurly: IToken[];
  expression: ExpressionCstNode[];
  RCurly: IToken[];
};

export interface ExpressionCstNode extends CstNode {
  name: "expression";
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  If?: IToken[];
  test?: ExpressionCstNode[];
  Then?: IToken[];
  yes?: ExpressionCstNode[];
  Else?: IToken[];
  no?: ExpressionCstNode[];
  operand?: OperandCstNode[];
  operatorTail?: OperatorTailCstNode[];
};

export interface OperatorTailCstNode extends CstNode {
  name: "operatorTail";
  children: OperatorTailCstChildren;
}

export type OperatorTailCstChildren = {
  BinaryOperator?: IToken[];
  operand?: (OperandCstNode)[];
  In?: IToken[];
  Has?: IToken[];
  path?: (IToken)[];
  Dot?: IToken[];
  Like?: IToken[];
  Text?: IToken[];
  Is?: IToken[];
  type?: IToken[];
};

export interface OperandCstNode extends CstNode {
  name: "operand";
  children: OperandCstChildren;
}

export type OperandCstChildren = {
  prefix?: (IToken)[];
  LParen?: IToken[];
  expression?: ExpressionCstNode[];
  RParen?: IToken[];
  setLiteral?: SetLiteralCstNode[];
  recordLiteral?: RecordLiteralCstNode[];
  Integer?: IToken[];
  entityId?: EntityIdCstNode[];
  call?: CallCstNode[];
  Text?: IToken[];
  word?: (IToken)[];
  Slot?: IToken[];
  access?: AccessCstNode[];
};

export interface AccessCstNode extends CstNode {
  name: "access";
  children: AccessCstChildren;
}

export type AccessCstChildren = {
  Dot?: IToken[];
  Word?: IToken[];
  arguments?: ArgumentsCstNode[];
  LSquare?: IToken[];
  Text?: IToken[];
  RSquare?: IToken[];
};

export interface CallCstNode extends CstNode {
  name: "call";
  children: CallCstChildren;
}

export type CallCstChildren = {
  Word: IToken[];
  arguments: ArgumentsCstNode[];
};

export interface ArgumentsCstNode extends CstNode {
  name: "arguments";
  children: ArgumentsCstChildren;
}

export type ArgumentsCstChildren = {
  LParen: IToken[];
  expression?: (ExpressionCstNode)[];
  Comma?: (IToken)[];
  RParen: IToken[];
};

export interface SetLiteralCstNode extends CstNode {
  name: "setLiteral";
  children: SetLiteralCstChildren;
}

export type SetLiteralCstChildren = {
  LSquare: IToken[];
  expression?: (ExpressionCstNode)[];
  Comma?: (IToken)[];
  RSquare: IToken[];
};

export interface RecordLiteralCstNode extends CstNode {
  name: "recordLiteral";
  children: RecordLiteralCstChildren;
}

export type RecordLiteralCstChildren = {
  LCurly: IToken[];
  entry?: (EntryCstNode)[];
  Comma?: (IToken)[];
  RCurly: IToken[];
};

export interface EntryCstNode extends CstNode {
  name: "entry";
  children: EntryCstChildren;
}

export type EntryCstChildren = {
  NameLike: IToken[];
  Colon: IToken[];
  expression: ExpressionCstNode[];
};

export interface EntityCstNode extends CstNode {
  name: "entity";
  children: EntityCstChildren;
}

export type EntityCstChildren = {
  Entity: IToken[];
  NameLike: (IToken)[];
  Comma?: (IToken)[];
  As?: IToken[];
  set?: IToken[];
  ownership?: OwnershipCstNode[];
  Semicolon?: (IToken)[];
  attributes?: AttributesCstNode[];
};

export interface OwnershipCstNode extends CstNode {
  name: "ownership";
  children: OwnershipCstChildren;
}

export type OwnershipCstChildren = {
  Owned: IToken[];
  By: IToken[];
  User?: IToken[];
  Or?: IToken[];
  Team?: IToken[];
  Organization?: IToken[];
  Business?: IToken[];
  Unit?: IToken[];
  Parent?: IToken[];
  lookup?: IToken[];
};

export interface AttributesCstNode extends CstNode {
  name: "attributes";
  children: AttributesCstChildren;
}

export type AttributesCstChildren = {
  LCurly: IToken[];
  attribute?: AttributeCstNode[];
  Comma?: IToken[];
  RCurly: IToken[];
};

export interface AttributeCstNode extends CstNode {
  name: "attribute";
  children: AttributeCstChildren;
}

export type AttributeCstChildren = {
  annotation?: AnnotationCstNode[];
  NameLike: IToken[];
  Question?: IToken[];
  Colon: IToken[];
  type: TypeCstNode[];
  flag?: FlagCstNode[];
};

export interface TypeCstNode extends CstNode {
  name: "type";
  children: TypeCstChildren;
}

export type TypeCstChildren = {
  NameLike: IToken[];
  LParen?: IToken[];
  Text?: (IToken)[];
  Comma?: (IToken)[];
  RParen?: IToken[];
  Less?: IToken[];
  element?: IToken[];
  Greater?: IToken[];
};

export interface FlagCstNode extends CstNode {
  name: "flag";
  children: FlagCstChildren;
}

export type FlagCstChildren = {
  Secured?: IToken[];
  Masked?: IToken[];
  Text?: IToken[];
  Parental?: IToken[];
  Cascade?: IToken[];
  cascade?: (CascadeCstNode)[];
  Comma?: IToken[];
};

export interface CascadeCstNode extends CstNode {
  name: "cascade";
  children: CascadeCstChildren;
}

export type CascadeCstChildren = {
  Delete?: IToken[];
  behavior?: (IToken)[];
  Word?: IToken[];
};

export interface ContextCstNode extends CstNode {
  name: "context";
  children: ContextCstChildren;
}

export type ContextCstChildren = {
  Context: IToken[];
  attributes: AttributesCstNode[];
  Semicolon?: IToken[];
};

export interface PrivilegeCstNode extends CstNode {
  name: "privilege";
  children: PrivilegeCstChildren;
}

export type PrivilegeCstChildren = {
  Privilege: IToken[];
  NameLike: (IToken)[];
  Comma?: (IToken)[];
  Semicolon: IToken[];
};

export interface RoleCstNode extends CstNode {
  name: "role";
  children: RoleCstChildren;
}

export type RoleCstChildren = {
  Team?: IToken[];
  Administrator?: IToken[];
  Role: IToken[];
  NameLike: IToken[];
  In?: IToken[];
  reference?: ReferenceCstNode[];
  Semicolon?: (IToken)[];
  grants?: GrantsCstNode[];
};

export interface GrantsCstNode extends CstNode {
  name: "grants";
  children: GrantsCstChildren;
}

export type GrantsCstChildren = {
  LCurly: IToken[];
  grant?: GrantCstNode[];
  RCurly: IToken[];
};

export interface GrantCstNode extends CstNode {
  name: "grant";
  children: GrantCstChildren;
}

export type GrantCstChildren = {
  annotation?: AnnotationCstNode[];
  Permit: IToken[];
  action: (IToken)[];
  Comma?: (IToken)[];
  On?: IToken[];
  Star?: IToken[];
  entity?: (IToken)[];
  At?: IToken[];
  level?: IToken[];
  condition?: ConditionCstNode[];
  Semicolon: IToken[];
};

export interface GuardrailCstNode extends CstNode {
  name: "guardrail";
  children: GuardrailCstChildren;
}

export type GuardrailCstChildren = {
  Permit?: IToken[];
  Forbid?: IToken[];
  LParen: IToken[];
  principalScope: PrincipalScopeCstNode[];
  Comma: (IToken)[];
  actionScope: ActionScopeCstNode[];
  resourceScope: ResourceScopeCstNode[];
  RParen: IToken[];
  At?: IToken[];
  level?: IToken[];
  condition?: ConditionCstNode[];
  Semicolon: IToken[];
};

export interface PrincipalScopeCstNode extends CstNode {
  name: "principalScope";
  children: PrincipalScopeCstChildren;
}

export type PrincipalScopeCstChildren = {
  Principal: IToken[];
  Equal?: IToken[];
  In?: IToken[];
  scopeEntity?: ScopeEntityCstNode[];
  Is?: IToken[];
  NameLike?: IToken[];
};

export interface ActionScopeCstNode extends CstNode {
  name: "actionScope";
  children: ActionScopeCstChildren;
}

export type ActionScopeCstChildren = {
  Action: IToken[];
  Equal?: IToken[];
  reference?: (ReferenceCstNode)[];
  In?: IToken[];
  LSquare?: IToken[];
  Comma?: (IToken)[];
  RSquare?: IToken[];
};

export interface ResourceScopeCstNode extends CstNode {
  name: "resourceScope";
  children: ResourceScopeCstChildren;
}

export type ResourceScopeCstChildren = {
  Resource: IToken[];
  Equal?: IToken[];
  In?: (IToken)[];
  scopeEntity?: (ScopeEntityCstNode)[];
  Is?: IToken[];
  NameLike?: IToken[];
};

export interface ScopeEntityCstNode extends CstNode {
  name: "scopeEntity";
  children: ScopeEntityCstChildren;
}

export type ScopeEntityCstChildren = {
  Slot?: IToken[];
  entityId?: EntityIdCstNode[];
};

export interface OrganizationCstNode extends CstNode {
  name: "organization";
  children: OrganizationCstChildren;
}

export type OrganizationCstChildren = {
  Organization: IToken[];
  NameLike: IToken[];
  Disabled?: IToken[];
  Semicolon?: (IToken)[];
  units?: UnitsCstNode[];
};

export interface UnitsCstNode extends CstNode {
  name: "units";
  children: UnitsCstChildren;
}

export type UnitsCstChildren = {
  LCurly: IToken[];
  unit?: UnitCstNode[];
  RCurly: IToken[];
};

export interface UnitCstNode extends CstNode {
  name: "unit";
  children: UnitCstChildren;
}

export type UnitCstChildren = {
  annotation?: AnnotationCstNode[];
  Unit: IToken[];
  NameLike: IToken[];
  Disabled?: IToken[];
  Semicolon?: (IToken)[];
  units?: UnitsCstNode[];
};

export interface UserCstNode extends CstNode {
  name: "user";
  children: UserCstChildren;
}

export type UserCstChildren = {
  User: IToken[];
  NameLike: IToken[];
  In: IToken[];
  reference: ReferenceCstNode[];
  Disabled?: IToken[];
  Semicolon?: (IToken)[];
  fields?: FieldsCstNode[];
};

export interface FieldsCstNode extends CstNode {
  name: "fields";
  children: FieldsCstChildren;
}

export type FieldsCstChildren = {
  LCurly: IToken[];
  field?: FieldCstNode[];
  Semicolon?: IToken[];
  RCurly: IToken[];
};

export interface FieldCstNode extends CstNode {
  name: "field";
  children: FieldCstChildren;
}

export type FieldCstChildren = {
  NameLike: IToken[];
  Colon: IToken[];
  value: (ValueCstNode)[];
  Comma?: (IToken)[];
};

export interface ValueCstNode extends CstNode {
  name: "value";
  children: ValueCstChildren;
}

export type ValueCstChildren = {
  setLiteral?: SetLiteralCstNode[];
  Minus?: IToken[];
  Integer?: IToken[];
  reference?: ReferenceCstNode[];
  In?: IToken[];
  unit?: ReferenceCstNode[];
  call?: CallCstNode[];
};

export interface TeamCstNode extends CstNode {
  name: "team";
  children: TeamCstChildren;
}

export type TeamCstChildren = {
  Access?: IToken[];
  Group?: IToken[];
  Team: IToken[];
  NameLike: IToken[];
  In: IToken[];
  reference: ReferenceCstNode[];
  Semicolon?: (IToken)[];
  fields?: FieldsCstNode[];
};

export interface DefaultTeamCstNode extends CstNode {
  name: "defaultTeam";
  children: DefaultTeamCstChildren;
}

export type DefaultTeamCstChildren = {
  Default: IToken[];
  Team: IToken[];
  Of: IToken[];
  reference: ReferenceCstNode[];
  Semicolon?: (IToken)[];
  fields?: FieldsCstNode[];
};

export interface PositionCstNode extends CstNode {
  name: "position";
  children: PositionCstChildren;
}

export type PositionCstChildren = {
  Position: IToken[];
  NameLike: IToken[];
  Under?: IToken[];
  reference?: ReferenceCstNode[];
  Semicolon: IToken[];
};

export interface RecordCstNode extends CstNode {
  name: "record";
  children: RecordCstChildren;
}

export type RecordCstChildren = {
  Record: IToken[];
  NameLike: IToken[];
  Colon: IToken[];
  entity: IToken[];
  Semicolon?: (IToken)[];
  fields?: FieldsCstNode[];
};

export interface ShareCstNode extends CstNode {
  name: "share";
  children: ShareCstChildren;
}

export type ShareCstChildren = {
  shareClause: ShareClauseCstNode[];
  Semicolon: IToken[];
};

export interface ShareClauseCstNode extends CstNode {
  name: "shareClause";
  children: ShareClauseCstChildren;
}

export type ShareClauseCstChildren = {
  Share: IToken[];
  reference: ReferenceCstNode[];
  Dot?: IToken[];
  column?: IToken[];
  With: IToken[];
  shareTarget: ShareTargetCstNode[];
  Colon: IToken[];
  right: (IToken)[];
  Comma?: (IToken)[];
};

export interface ColumnProfileCstNode extends CstNode {
  name: "columnProfile";
  children: ColumnProfileCstChildren;
}

export type ColumnProfileCstChildren = {
  Column: IToken[];
  Profile: IToken[];
  NameLike: IToken[];
  Semicolon?: (IToken)[];
  columns?: ColumnsCstNode[];
};

export interface ColumnsCstNode extends CstNode {
  name: "columns";
  children: ColumnsCstChildren;
}

export type ColumnsCstChildren = {
  LCurly: IToken[];
  columnItem?: ColumnItemCstNode[];
  Semicolon?: IToken[];
  RCurly: IToken[];
};

export interface ColumnItemCstNode extends CstNode {
  name: "columnItem";
  children: ColumnItemCstChildren;
}

export type ColumnItemCstChildren = {
  annotation?: AnnotationCstNode[];
  columnGrant?: ColumnGrantCstNode[];
  field?: FieldCstNode[];
};

export interface ColumnGrantCstNode extends CstNode {
  name: "columnGrant";
  children: ColumnGrantCstChildren;
}

export type ColumnGrantCstChildren = {
  Permit: IToken[];
  action: (IToken)[];
  Comma?: (IToken)[];
  On: IToken[];
  columnName: (ColumnNameCstNode)[];
};

export interface ColumnNameCstNode extends CstNode {
  name: "columnName";
  children: ColumnNameCstChildren;
}

export type ColumnNameCstChildren = {
  entity: IToken[];
  Dot: IToken[];
  attribute: IToken[];
};

export interface OwnerRuleCstNode extends CstNode {
  name: "ownerRule";
  children: OwnerRuleCstChildren;
}

export type OwnerRuleCstChildren = {
  Owner: IToken[];
  Of: IToken[];
  NameLike: IToken[];
  Is: IToken[];
  Resource?: IToken[];
  Dot?: IToken[];
  path?: IToken[];
  reference?: ReferenceCstNode[];
  Semicolon: IToken[];
};

export interface SettingsCstNode extends CstNode {
  name: "settings";
  children: SettingsCstChildren;
}

export type SettingsCstChildren = {
  Settings: IToken[];
  settingList: SettingListCstNode[];
  Semicolon?: IToken[];
};

export interface SettingListCstNode extends CstNode {
  name: "settingList";
  children: SettingListCstChildren;
}

export type SettingListCstChildren = {
  LCurly: IToken[];
  setting?: SettingCstNode[];
  Semicolon?: IToken[];
  RCurly: IToken[];
};

export interface SettingCstNode extends CstNode {
  name: "setting";
  children: SettingCstChildren;
}

export type SettingCstChildren = {
  NameLike: IToken[];
  Colon: IToken[];
  settingValue: (SettingValueCstNode)[];
  Comma?: (IToken)[];
  Depth?: IToken[];
  Integer?: IToken[];
};

export interface SettingValueCstNode extends CstNode {
  name: "settingValue";
  children: SettingValueCstChildren;
}

export type SettingValueCstChildren = {
  Integer?: IToken[];
  NameLike?: IToken[];
};

export interface OperationCstNode extends CstNode {
  name: "operation";
  children: OperationCstChildren;
}

export type OperationCstChildren = {
  create?: CreateCstNode[];
  assign?: AssignCstNode[];
  shareClause?: ShareClauseCstNode[];
  unshare?: UnshareCstNode[];
  append?: AppendCstNode[];
  associate?: AssociateCstNode[];
  merge?: MergeCstNode[];
  task?: IToken[];
  right?: RightCstNode[];
};

export interface CreateCstNode extends CstNode {
  name: "create";
  children: CreateCstChildren;
}

export type CreateCstChildren = {
  Create: IToken[];
  name?: IToken[];
  Colon?: IToken[];
  entity: IToken[];
  fields?: FieldsCstNode[];
};

export interface AssignCstNode extends CstNode {
  name: "assign";
  children: AssignCstChildren;
}

export type AssignCstChildren = {
  Assign: IToken[];
  reference: ReferenceCstNode[];
  To: IToken[];
  to: ReferenceCstNode[];
};

export interface UnshareCstNode extends CstNode {
  name: "unshare";
  children: UnshareCstChildren;
}

export type UnshareCstChildren = {
  Unshare: IToken[];
  reference: ReferenceCstNode[];
  Dot?: IToken[];
  column?: IToken[];
  With: IToken[];
  shareTarget: ShareTargetCstNode[];
};

export interface AppendCstNode extends CstNode {
  name: "append";
  children: AppendCstChildren;
}

export type AppendCstChildren = {
  Append: IToken[];
  reference: ReferenceCstNode[];
  Dot?: IToken[];
  lookup?: IToken[];
  To: IToken[];
  to: ReferenceCstNode[];
};

export interface AssociateCstNode extends CstNode {
  name: "associate";
  children: AssociateCstChildren;
}

export type AssociateCstChildren = {
  Associate?: IToken[];
  Disassociate?: IToken[];
  reference: ReferenceCstNode[];
  With: IToken[];
  with: ReferenceCstNode[];
};

export interface MergeCstNode extends CstNode {
  name: "merge";
  children: MergeCstChildren;
}

export type MergeCstChildren = {
  Merge: IToken[];
  reference: ReferenceCstNode[];
  Into: IToken[];
  into: ReferenceCstNode[];
};

export interface RightCstNode extends CstNode {
  name: "right";
  children: RightCstChildren;
}

export type RightCstChildren = {
  action: IToken[];
  reference: ReferenceCstNode[];
  Dot?: IToken[];
  column?: IToken[];
};

export interface ChangeCstNode extends CstNode {
  name: "change";
  children: ChangeCstChildren;
}

export type ChangeCstChildren = {
  setUser?: SetUserCstNode[];
  setUnit?: SetUnitCstNode[];
  setTeam?: SetTeamCstNode[];
  setRecord?: SetRecordCstNode[];
  shareClause?: ShareClauseCstNode[];
  unshare?: UnshareCstNode[];
};

export interface SetUserCstNode extends CstNode {
  name: "setUser";
  children: SetUserCstChildren;
}

export type SetUserCstChildren = {
  User: IToken[];
  reference: ReferenceCstNode[];
  In?: IToken[];
  unit?: ReferenceCstNode[];
  Disabled?: IToken[];
  Enabled?: IToken[];
  field?: FieldCstNode[];
};

export interface SetUnitCstNode extends CstNode {
  name: "setUnit";
  children: SetUnitCstChildren;
}

export type SetUnitCstChildren = {
  Unit: IToken[];
  reference: ReferenceCstNode[];
  Under?: IToken[];
  under?: ReferenceCstNode[];
  Disabled?: IToken[];
  Enabled?: IToken[];
  Deleted?: IToken[];
};

export interface SetTeamCstNode extends CstNode {
  name: "setTeam";
  children: SetTeamCstChildren;
}

export type SetTeamCstChildren = {
  Team: IToken[];
  reference: ReferenceCstNode[];
  In?: IToken[];
  unit?: ReferenceCstNode[];
  field?: FieldCstNode[];
};

export interface SetRecordCstNode extends CstNode {
  name: "setRecord";
  children: SetRecordCstChildren;
}

export type SetRecordCstChildren = {
  Record: IToken[];
  reference: ReferenceCstNode[];
  fields?: FieldsCstNode[];
  field?: FieldCstNode[];
};

export interface SetRoleCstNode extends CstNode {
  name: "setRole";
  children: SetRoleCstChildren;
}

export type SetRoleCstChildren = {
  Role: IToken[];
  reference: ReferenceCstNode[];
  grants: GrantsCstNode[];
};

export interface TestCstNode extends CstNode {
  name: "test";
  children: TestCstChildren;
}

export type TestCstChildren = {
  Test: IToken[];
  NameLike: IToken[];
  statements: StatementsCstNode[];
  Semicolon?: IToken[];
};

export interface StatementsCstNode extends CstNode {
  name: "statements";
  children: StatementsCstChildren;
}

export type StatementsCstChildren = {
  LCurly: IToken[];
  statement?: StatementCstNode[];
  RCurly: IToken[];
};

export interface StatementCstNode extends CstNode {
  name: "statement";
  children: StatementCstChildren;
}

export type StatementCstChildren = {
  annotation?: AnnotationCstNode[];
  expect?: ExpectCstNode[];
  rights?: RightsCstNode[];
  who?: WhoCstNode[];
  listing?: ListingCstNode[];
  doing?: DoingCstNode[];
  set?: SetCstNode[];
  refuse?: RefuseCstNode[];
  localUnit?: LocalUnitCstNode[];
  user?: UserCstNode[];
  role?: RoleCstNode[];
  team?: TeamCstNode[];
  defaultTeam?: DefaultTeamCstNode[];
  position?: PositionCstNode[];
  columnProfile?: ColumnProfileCstNode[];
  record?: RecordCstNode[];
  share?: ShareCstNode[];
};

export interface LocalUnitCstNode extends CstNode {
  name: "localUnit";
  children: LocalUnitCstChildren;
}

export type LocalUnitCstChildren = {
  Unit: IToken[];
  NameLike: IToken[];
  Under: IToken[];
  reference: ReferenceCstNode[];
  Disabled?: IToken[];
  Semicolon?: (IToken)[];
  units?: UnitsCstNode[];
};

export interface ExpectCstNode extends CstNode {
  name: "expect";
  children: ExpectCstChildren;
}

export type ExpectCstChildren = {
  Allow?: IToken[];
  Deny?: IToken[];
  reference: ReferenceCstNode[];
  operation: OperationCstNode[];
  requestContext?: RequestContextCstNode[];
  Because?: IToken[];
  reason?: ReasonCstNode[];
  Semicolon: IToken[];
};

export interface RequestContextCstNode extends CstNode {
  name: "requestContext";
  children: RequestContextCstChildren;
}

export type RequestContextCstChildren = {
  With: IToken[];
  fields: FieldsCstNode[];
};

export interface ReasonCstNode extends CstNode {
  name: "reason";
  children: ReasonCstChildren;
}

export type ReasonCstChildren = {
  word: IToken[];
  name?: IToken[];
};

export interface RightsCstNode extends CstNode {
  name: "rights";
  children: RightsCstChildren;
}

export type RightsCstChildren = {
  Rights: IToken[];
  principal: ReferenceCstNode[];
  On: IToken[];
  record: ReferenceCstNode[];
  requestContext?: (RequestContextCstNode)[];
  Colon: IToken[];
  right: (IToken)[];
  Comma?: (IToken)[];
  Semicolon: IToken[];
};

export interface WhoCstNode extends CstNode {
  name: "who";
  children: WhoCstChildren;
}

export type WhoCstChildren = {
  Who: IToken[];
  Can: IToken[];
  NameLike: IToken[];
  record: ReferenceCstNode[];
  requestContext?: (RequestContextCstNode)[];
  Colon: IToken[];
  reference: (ReferenceCstNode)[];
  Comma?: (IToken)[];
  Semicolon: IToken[];
};

export interface ListingCstNode extends CstNode {
  name: "listing";
  children: ListingCstChildren;
}

export type ListingCstChildren = {
  List: IToken[];
  action: IToken[];
  entity: IToken[];
  For: IToken[];
  principal: ReferenceCstNode[];
  requestContext?: (RequestContextCstNode)[];
  Colon: IToken[];
  reference: (ReferenceCstNode)[];
  Comma?: (IToken)[];
  Semicolon: IToken[];
};

export interface DoingCstNode extends CstNode {
  name: "doing";
  children: DoingCstChildren;
}

export type DoingCstChildren = {
  Do: IToken[];
  reference: ReferenceCstNode[];
  operation: OperationCstNode[];
  requestContext?: RequestContextCstNode[];
  Semicolon: IToken[];
};

export interface SetCstNode extends CstNode {
  name: "set";
  children: SetCstChildren;
}

export type SetCstChildren = {
  Set: IToken[];
  setRole?: SetRoleCstNode[];
  Semicolon?: (IToken)[];
  change?: ChangeCstNode[];
};

export interface RefuseCstNode extends CstNode {
  name: "refuse";
  children: RefuseCstChildren;
}

export type RefuseCstChildren = {
  Refuse: IToken[];
  set?: SetCstNode[];
  operation?: OperationCstNode[];
  By?: IToken[];
  reference?: ReferenceCstNode[];
  Semicolon?: IToken[];
};

export interface DeclarationCstNode extends CstNode {
  name: "declaration";
  children: DeclarationCstChildren;
}

export type DeclarationCstChildren = {
  annotation?: AnnotationCstNode[];
  entity?: EntityCstNode[];
  context?: ContextCstNode[];
  privilege?: PrivilegeCstNode[];
  role?: RoleCstNode[];
  guardrail?: GuardrailCstNode[];
  organization?: OrganizationCstNode[];
  user?: UserCstNode[];
  team?: TeamCstNode[];
  defaultTeam?: DefaultTeamCstNode[];
  position?: PositionCstNode[];
  record?: RecordCstNode[];
  share?: ShareCstNode[];
  columnProfile?: ColumnProfileCstNode[];
  ownerRule?: OwnerRuleCstNode[];
  settings?: SettingsCstNode[];
  test?: TestCstNode[];
  reserved?: ReservedCstNode[];
};

export interface ReservedCstNode extends CstNode {
  name: "reserved";
  children: ReservedCstChildren;
}

export type ReservedCstChildren = {
  Invariant?: IToken[];
  Namespace?: IToken[];
  NameLike: IToken[];
};

export interface LoneCstNode extends CstNode {
  name: "lone";
  children: LoneCstChildren;
}

export type LoneCstChildren = {
  operation: OperationCstNode[];
};

export interface FileCstNode extends CstNode {
  name: "file";
  children: FileCstChildren;
}

export type FileCstChildren = {
  declaration?: DeclarationCstNode[];
};
