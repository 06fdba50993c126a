// Chapter 8, second half: tests and their statements.
import { suggest } from "../../diagnostics/suggest.ts";
import type {
  ChangeNode,
  ExpectNode,
  FieldNode,
  ReasonNode,
  RefuseNode,
  RightsNode,
  StatementNode,
  TestNode,
} from "../ast.ts";
import type {
  ExpectCstNode,
  ListingCstNode,
  ReasonCstNode,
  RefuseCstNode,
  RequestContextCstNode,
  RightsCstNode,
  SetCstNode,
  StatementCstNode,
  TestCstNode,
  WhoCstNode,
} from "../cst.gen.ts";
import { type Builder, bareWord, isQuoted, one } from "./builder.ts";
import { buildMember } from "./declarations.ts";
import type { Declared } from "./declared.ts";
import { buildChange, buildOperation, buildSetRole } from "./operations.ts";
import { buildFields, buildLocalUnit } from "./people.ts";
import { canonicalAction } from "./spelling.ts";

export function buildTest(b: Builder, { children }: TestCstNode, declared: Declared): TestNode {
  const title = one(children.NameLike);
  return {
    kind: "Test",
    ...declared,
    title: isQuoted(title) ? b.text(title, "value") : title.image,
    statements: (one(children.statements).children.statement ?? []).map((cst) => buildStatement(b, cst)),
  };
}

function buildStatement(b: Builder, cst: StatementCstNode): StatementNode {
  const { expect, rights, who, listing, doing, set, refuse, localUnit } = cst.children;
  const declared: Declared = { span: b.spanOf(cst), annotations: b.annotations(cst.children.annotation) };
  if (expect !== undefined) return buildExpect(b, one(expect), declared);
  if (rights !== undefined) return buildRights(b, one(rights), declared);
  if (who !== undefined) return buildWho(b, one(who), declared);
  if (listing !== undefined) return buildList(b, one(listing), declared);
  if (doing !== undefined) {
    const { reference, operation, requestContext } = one(doing).children;
    const principal = b.reference(one(reference));
    const context = buildRequestContext(b, requestContext);
    return { kind: "Do", ...declared, principal, operation: buildOperation(b, one(operation)), context };
  }
  if (set !== undefined) return { kind: "Set", ...declared, change: changeOf(b, one(set)) };
  if (refuse !== undefined) return buildRefuse(b, one(refuse), declared);
  if (localUnit !== undefined) return buildLocalUnit(b, one(localUnit), declared);
  return buildMember(b, cst.children, declared);
}

function changeOf(b: Builder, { children: { setRole, change } }: SetCstNode): ChangeNode {
  if (setRole !== undefined) return buildSetRole(b, one(setRole));
  return buildChange(b, one(change as NonNullable<typeof change>));
}

function buildRefuse(b: Builder, cst: RefuseCstNode, declared: Declared): RefuseNode {
  const { set, operation, reference } = cst.children;
  return {
    kind: "Refuse",
    ...declared,
    change: set === undefined ? undefined : changeOf(b, one(set)),
    operation: operation === undefined ? undefined : buildOperation(b, one(operation)),
    principal: b.maybeReference(reference),
  };
}

function buildRequestContext(
  b: Builder,
  contexts: readonly RequestContextCstNode[] | undefined,
): FieldNode[] | undefined {
  return contexts?.flatMap(({ children }) => buildFields(b, one(children.fields), "record"));
}

function buildExpect(b: Builder, cst: ExpectCstNode, declared: Declared): ExpectNode {
  const { Allow, reference, operation, requestContext, reason } = cst.children;
  const effect = Allow === undefined ? "deny" : "allow";
  const built = buildOperation(b, one(operation));
  return {
    kind: "Expect",
    ...declared,
    effect,
    principal: b.reference(one(reference)),
    operation: built,
    context: buildRequestContext(b, requestContext),
    reason: reason === undefined ? undefined : buildReason(b, one(reason), effect),
  };
}

/** The reasons of language.md section 8; true for those that carry a name. */
const reasons: Readonly<Record<"allow" | "deny", ReadonlyMap<string, boolean>>> = {
  allow: new Map([
    ["role", true],
    ["owner", false],
    ["team", true],
    ["share", false],
    ["hierarchy", false],
    ["parent", false],
    ["administrator", false],
    ["permit", true],
  ]),
  deny: new Map([
    ["privilege", false],
    ["access", false],
    ["forbid", true],
    ["owner", false],
    ["column", false],
    ["disabled", false],
    ["state", false],
  ]),
};

function buildReason(b: Builder, cst: ReasonCstNode, effect: "allow" | "deny"): ReasonNode {
  const word = b.name(one(cst.children.word));
  const name = b.maybeName(cst.children.name);
  const known = reasons[effect];
  const needs = known.get(word.value);
  if (needs === undefined) {
    const words = [...known.keys()];
    const suggestion = suggest(word.value, words);
    b.report("BWK118", word.span, {
      kind: `reason for \`${effect}\``,
      word: word.value,
      suggestion,
      known: words,
    });
  } else if (needs !== (name !== undefined)) {
    b.report("BWK120", name?.span ?? word.span, { word: word.value, needs });
  }
  return { kind: "Reason", span: b.spanOf(cst), word, name };
}

function buildRights(b: Builder, cst: RightsCstNode, declared: Declared): RightsNode {
  const { principal, record, requestContext, right } = cst.children;
  const rights = b.names(right).map(canonicalAction);
  return {
    kind: "Rights",
    ...declared,
    principal: b.reference(one(principal)),
    record: b.reference(one(record)),
    context: buildRequestContext(b, requestContext),
    rights: isNone(rights) ? [] : rights,
  };
}

function buildWho(b: Builder, cst: WhoCstNode, declared: Declared): StatementNode {
  const { NameLike, record, requestContext, reference } = cst.children;
  const principals = b.references(reference);
  return {
    kind: "Who",
    ...declared,
    action: canonicalAction(b.name(one(NameLike))),
    record: b.reference(one(record)),
    context: buildRequestContext(b, requestContext),
    principals: isNone(principals) ? [] : principals,
  };
}

function buildList(b: Builder, cst: ListingCstNode, declared: Declared): StatementNode {
  const { action, entity, principal, requestContext, reference } = cst.children;
  const records = b.references(reference);
  return {
    kind: "List",
    ...declared,
    action: canonicalAction(b.name(one(action))),
    entity: b.name(one(entity)),
    principal: b.reference(one(principal)),
    context: buildRequestContext(b, requestContext),
    records: isNone(records) ? [] : records,
  };
}

/** The empty set is written `none`; whoever is called so is written in quotes. */
function isNone(references: Parameters<typeof bareWord>[0][]): boolean {
  return references.length === 1 && bareWord(one(references), "none");
}
