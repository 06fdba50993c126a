// What a policy test expects (language.md section 8).
import type {
  ExpectNode,
  FieldNode,
  ListNode,
  NameNode,
  ReasonNode,
  RightsNode,
  WhoNode,
} from "../syntax/ast.ts";
import { printName } from "../syntax/index.ts";
import { type Context, mistyped } from "./context.ts";
import { present, resolveFields } from "./fields.ts";
import type { ActionMask } from "./model.ts";
import type { NameSpace } from "./name-space.ts";
import { resolveRecord, resolveUser, written } from "./references.ts";
import { resolveAction, resolveAsked } from "./resolve-operations.ts";
import { resolveRights } from "./resolve-records.ts";
import type { Reason, RequestContext, Step } from "./script.ts";
import { actionNumber, CREATE } from "./vocabulary.ts";

/** `allow dora read o with { … } because role Salesperson;` */
export function resolveExpect(node: ExpectNode, context: Context): Step | undefined {
  const { effect, span } = node;
  const user = resolveUser(node.principal, "people", context);
  const operation = resolveAsked(node.operation, context);
  const request = resolveRequest(node.context, context);
  const reason = node.reason === undefined ? undefined : resolveReason(node.reason, context);
  if (user === undefined || operation === undefined) return undefined;
  return { kind: "expect", span, effect, user, operation, context: request, reason };
}

/** `rights dora on o: read, append;` */
export function resolveRightsNode(node: RightsNode, context: Context): Step | undefined {
  const user = resolveUser(node.principal, "people", context);
  const record = resolveRecord(node.record, context);
  const request = resolveRequest(node.context, context);
  const rights = exactRights(node.rights, context);
  if (user === undefined || record === undefined) return undefined;
  return { kind: "rights", span: node.span, user, record, context: request, rights };
}

/** `create` never counts among the rights on a record that exists, so to expect it is a mistake. */
function exactRights(names: readonly NameNode[], context: Context): ActionMask {
  for (const name of names)
    if (actionNumber(name.value) === CREATE)
      mistyped(context, {
        span: name.span,
        expected: "a right on a record that exists",
        found: written(name.span),
      });
  return resolveRights(names, context);
}

/** `who can read o: dora, alice;` */
export function resolveWho(node: WhoNode, context: Context): Step | undefined {
  const action = resolveAction(node.action, context);
  const record = resolveRecord(node.record, context);
  const request = resolveRequest(node.context, context);
  const users = node.principals.map((reference) => resolveUser(reference, "people", context));
  if (action === undefined || record === undefined || users.includes(undefined)) return undefined;
  const names = [...new Set(users)] as string[];
  return { kind: "who", span: node.span, action, record, context: request, users: names };
}

/** `list read Opportunity for dora: o, opp1;` */
export function resolveList(node: ListNode, context: Context): Step | undefined {
  const action = resolveAction(node.action, context);
  const entity = context.schema.entityNames.resolve(node.entity, context.report);
  const user = resolveUser(node.principal, "people", context);
  const request = resolveRequest(node.context, context);
  const records = node.records.flatMap((reference) => {
    const record = resolveRecord(reference, context);
    if (record === undefined || entity === undefined || record.entity === entity) return record ?? [];
    return (
      mistyped(context, {
        span: reference.span,
        expected: `a record of \`${node.entity.value}\``,
        found: written(reference.span),
      }) ?? []
    );
  });
  if (action === undefined || entity === undefined || user === undefined) return undefined;
  return { kind: "list", span: node.span, action, entity, user, context: request, records };
}

/** `with { mfa: true }` */
export function resolveRequest(fields: readonly FieldNode[] | undefined, context: Context): RequestContext {
  const block = { of: "the request context", handlers: {}, attributes: context.schema.context };
  return present(resolveFields(fields ?? [], block, context));
}

/** A reason as a decision would say it; undefined where the parser or a diagnostic here said what is wrong with it. */
function resolveReason({ word, name }: ReasonNode, context: Context): Reason | undefined {
  const { roles, teams, guardrails } = context.scope;
  const names = new Map<string, NameSpace<unknown>>([
    ["role", roles],
    ["team", teams],
    ["forbid", guardrails],
    ["permit", guardrails],
  ]).get(word.value);
  if (names === undefined) return { word: word.value, name: undefined, text: word.value };
  if (name === undefined || names.resolve(name, context.report) === undefined) return undefined;
  const named = names === guardrails ? JSON.stringify(name.value) : printName(name.value);
  return { word: word.value, name: name.value, text: `${word.value} ${named}` };
}
