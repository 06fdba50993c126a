import {
  type EntityIdNode,
  type NameNode,
  type ReferenceNode,
  type Report,
  type Span,
  suggest,
} from "../../compiler/index.ts";
import { BailiwickError, type Engine, type PrincipalReference } from "../../runtime-ts/index.ts";

/** Finds what names in the words of an operation stand for; undefined where the report says that nothing carries one. */
export interface Names {
  entity(name: NameNode): string | undefined;
  record(reference: ReferenceNode): { readonly entity: string; readonly id: string } | undefined;
  principal(reference: ReferenceNode): PrincipalReference | undefined;
  unit(reference: ReferenceNode): string | undefined;
  task(name: NameNode): boolean;
  /** A record privilege. */
  action(name: NameNode): boolean;
  /** The rights that a word of a share stands for. */
  rights(name: NameNode): readonly string[];
  /** `Account::"acc1"` as the value of an attribute. */
  valueOf(id: EntityIdNode): string;
  /** Reports BWK307. */
  mistyped(span: Span, expected: string): undefined;
}

const rights = ["read", "write", "delete", "assign", "share", "append", "appendTo"];
const actions = ["create", ...rights];

/** The names of the world that an engine has loaded. */
export function namesOf(engine: Engine, report: Report): Names {
  const entities = engine.entities().map(({ name }) => name);
  const users = new Set(engine.userNames());
  const teams = new Set(engine.teamNames());
  const units = new Set(engine.unitNames());

  /** Names of another world than the policy's are many: what was meant is not looked for among them. */
  const unknown = (kind: string, { value, span }: NameNode, among: readonly string[] = []): undefined => {
    const suggestion = suggest(value, among);
    report.add("BWK201", span, { kind, name: value, suggestion });
  };
  const mistyped = (span: Span, expected: string): undefined => {
    const found = `\`${span.file.text.slice(span.start, span.end)}\``;
    report.add("BWK307", span, { expected, found });
  };
  const holds = (entity: string, id: string): boolean => {
    try {
      engine.record(entity, id);
      return true;
    } catch (error) {
      if (error instanceof BailiwickError && error.code === "BWK440") return false;
      throw error;
    }
  };
  const entity = (name: NameNode): string | undefined =>
    entities.includes(name.value) ? name.value : unknown("entity", name, entities);
  const named = (reference: ReferenceNode, type: string, kind: string, known: ReadonlySet<string>) => {
    if (reference.kind === "EntityId" && reference.type.value !== type)
      return mistyped(reference.span, `a ${kind}`);
    const name = reference.kind === "EntityId" ? reference.id : reference;
    return known.has(name.value) ? name.value : unknown(kind, name);
  };
  return {
    entity,
    mistyped,
    record(reference) {
      if (reference.kind === "EntityId") {
        const type = entity(reference.type);
        if (type === undefined) return undefined;
        const id = reference.id.value;
        return holds(type, id) ? { entity: type, id } : unknown(`record of \`${type}\``, reference.id);
      }
      const id = reference.value;
      const found = entities.filter((each) => holds(each, id));
      const [first, second] = found;
      if (first === undefined) return unknown("record", reference);
      if (second === undefined) return { entity: first, id };
      const both = [first, second].map((each) => `${each}::${JSON.stringify(id)}`);
      report.add("BWK307", reference.span, {
        expected: "one record",
        found: `\`${id}\`, which is a record of ${found.map((each) => `\`${each}\``).join(" and ")}`,
        help: `say \`${both[0]}\` or \`${both[1]}\``,
      });
      return undefined;
    },
    principal(reference) {
      if (reference.kind === "EntityId") {
        const isTeam = reference.type.value === "Team";
        if (!isTeam && reference.type.value !== "User") return mistyped(reference.span, "a user or team");
        const name = isTeam
          ? named(reference, "Team", "team", teams)
          : named(reference, "User", "user", users);
        return name === undefined ? undefined : isTeam ? { team: name } : { user: name };
      }
      const name = reference.value;
      if (users.has(name) && teams.has(name)) {
        const text = JSON.stringify(name);
        report.add("BWK204", reference.span, { name, user: `User::${text}`, team: `Team::${text}` });
        return undefined;
      }
      if (teams.has(name)) return { team: name };
      return users.has(name) ? { user: name } : unknown("user or team", reference);
    },
    unit: (reference) => named(reference, "BusinessUnit", "business unit", units),
    task(name) {
      if (engine.taskNames().includes(name.value)) return true;
      unknown("task privilege", name, engine.taskNames());
      return false;
    },
    action(name) {
      if (actions.includes(name.value)) return true;
      unknown("action", name, actions);
      return false;
    },
    rights(name) {
      if (name.value === "all") return rights;
      const right = name.value === "update" ? "write" : name.value;
      if (!actions.includes(right)) unknown("right", name, rights);
      return [right];
    },
    valueOf({ type, id }) {
      // Where a bare name would be both, the engine has to be told which.
      const ambiguous = users.has(id.value) && teams.has(id.value);
      const isPrincipal = type.value === "User" || type.value === "Team";
      return isPrincipal && ambiguous ? `${type.value}::${JSON.stringify(id.value)}` : id.value;
    },
  };
}
