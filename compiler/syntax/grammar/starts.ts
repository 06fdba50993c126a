// By which words declarations and statements begin: the parser goes on at them after a mistake.
import type { TokenType } from "chevrotain";
import { keyword, LCurly, LParen, NameLike } from "../tokens.ts";

/** What a block holds. */
export type BlockKind = "file" | "attributes" | "grants" | "units" | "fields" | "columns" | "test";

const k = keyword;
const oneName = [
  k.entity,
  k.privilege,
  k.role,
  k.user,
  k.position,
  k.organization,
  k.team,
  k.record,
  k.share,
];
/** What must follow the first word of a declaration for it to be one. */
export const secondOf: ReadonlyMap<TokenType, TokenType> = new Map([
  ...oneName.map((type) => [type, NameLike] as const),
  ...[k.test, k.invariant, k.namespace].map((type) => [type, NameLike] as const),
  [k.context, LCurly],
  [k.settings, LCurly],
  [k.permit, LParen],
  [k.forbid, LParen],
  [k.access, k.team],
  [k.group, k.team],
  [k.default, k.team],
  [k.administrator, k.role],
  [k.column, k.profile],
  [k.owner, k.of],
]);
/** The first words of the statements of a test, where they differ from those of declarations. */
export const statements: ReadonlyMap<TokenType, TokenType> = new Map([
  ...[k.allow, k.deny, k.rights, k.list, k.do, k.set, k.refuse, k.unit].map(
    (type) => [type, NameLike] as const,
  ),
  [k.who, k.can],
]);
export const onlyOutside: ReadonlySet<TokenType> = new Set([
  k.entity,
  k.privilege,
  k.organization,
  k.context,
  k.settings,
  k.permit,
  k.forbid,
  k.owner,
  k.test,
  k.invariant,
  k.namespace,
]);
