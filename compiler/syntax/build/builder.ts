// What every chapter of the tree builder needs: spans, names, texts, references.
import type { CstNode, IToken } from "chevrotain";
import type { Arguments, Code } from "../../diagnostics/catalog.ts";
import type { Report } from "../../diagnostics/report.ts";
import type { SourceFile, Span } from "../../source.ts";
import type {
  AnnotationNode,
  EntityIdNode,
  NameNode,
  ReferenceNode,
  ShareTargetNode,
  StringNode,
} from "../ast.ts";
import type {
  AnnotationCstNode,
  EntityIdCstNode,
  ReferenceCstNode,
  ScopeEntityCstNode,
  ShareTargetCstNode,
} from "../cst.gen.ts";
import { type Dialect, decode, escapesOf } from "../strings.ts";

/** The only child of its kind. */
export function one<T>(children: readonly T[]): T {
  return children[0] as T;
}

/** The child of a kind that may be absent. */
export function maybe<T>(children: readonly T[] | undefined): T | undefined {
  return children?.[0];
}

export function isQuoted(token: IToken): boolean {
  return /^["'“”„]/.test(token.image);
}

export class Builder {
  readonly file: SourceFile;
  readonly #report: Report;

  constructor(file: SourceFile, report: Report) {
    this.file = file;
    this.#report = report;
  }

  report<C extends Code>(code: C, span: Span, args: Arguments<C>): void {
    this.#report.add(code, span, args);
  }

  between(start: number, end: number): Span {
    return { file: this.file, start, end };
  }

  spanOf(cst: CstNode): Span {
    // Chevrotain always locates a node with a token in it; only the rule `file` may be empty, and it is not asked.
    const { startOffset, endOffset } = cst.location as { startOffset: number; endOffset: number };
    return this.between(startOffset, endOffset + 1);
  }

  spanOfToken({ startOffset, image }: IToken): Span {
    return this.between(startOffset, startOffset + image.length);
  }

  /** The pieces of a quoted text (several only for patterns). */
  pieces(token: IToken, dialect: Dialect): string[] {
    return decode(token.image, dialect, ({ start, end }) => {
      const span = this.between(token.startOffset + start, token.startOffset + end);
      this.report("BWK104", span, { escape: token.image.slice(start, end), known: escapesOf[dialect] });
    });
  }

  text(token: IToken, dialect: Dialect = "text"): string {
    return this.pieces(token, dialect).join("");
  }

  string(token: IToken, dialect: Dialect = "text"): StringNode {
    return { kind: "String", span: this.spanOfToken(token), value: this.text(token, dialect) };
  }

  /** An identifier, or a quoted name with the escapes of `dialect`. */
  name(token: IToken, dialect: Dialect = "name"): NameNode {
    const span = this.spanOfToken(token);
    if (!isQuoted(token)) return { kind: "Name", span, value: token.image };
    const value = this.pieces(token, dialect).join("");
    if (value === "") this.report("BWK119", span, {});
    return { kind: "Name", span, value };
  }

  names(tokens: readonly IToken[] | undefined): NameNode[] {
    return (tokens ?? []).map((token) => this.name(token));
  }

  maybeName(tokens: readonly IToken[] | undefined): NameNode | undefined {
    return tokens === undefined ? undefined : this.name(one(tokens));
  }

  reference(cst: ReferenceCstNode): ReferenceNode {
    const { NameLike: tokens } = cst.children;
    return tokens.length === 1 ? this.name(one(tokens)) : this.entityId(cst);
  }

  maybeReference(cst: readonly ReferenceCstNode[] | undefined): ReferenceNode | undefined {
    return cst === undefined ? undefined : this.reference(one(cst));
  }

  references(cst: readonly ReferenceCstNode[] | undefined): ReferenceNode[] {
    return (cst ?? []).map((reference) => this.reference(reference));
  }

  /** `Type::"id"`. A longer path is a namespace; an id without quotes is taken for what it says. */
  entityId(cst: EntityIdCstNode | ReferenceCstNode): EntityIdNode {
    const span = this.spanOf(cst);
    const tokens = cst.children.NameLike;
    const path = tokens.slice(0, -1);
    const last = tokens.at(-1) as IToken;
    const type = this.name(one(path));
    if (path.length > 1) {
      this.report("BWK199", this.between(span.start, last.startOffset - 2), { what: "namespaces" });
    } else if (!isQuoted(last)) {
      this.report("BWK116", this.spanOfToken(last), { type: one(path).image, id: last.image });
    }
    return { kind: "EntityId", span, type, id: this.name(last, "text") };
  }

  /** The entity of a guardrail's scope; a template slot stands for nothing that exists. */
  scopeEntity(cst: ScopeEntityCstNode): EntityIdNode {
    const { Slot, entityId } = cst.children;
    if (entityId !== undefined) return this.entityId(one(entityId));
    const span = this.spanOf(cst);
    const name: NameNode = { kind: "Name", span, value: this.slot(one(Slot as IToken[])) };
    return { kind: "EntityId", span, type: name, id: name };
  }

  /** `?principal`: reported; returns the word behind the question mark. */
  slot(token: IToken): string {
    this.report("BWK199", this.spanOfToken(token), { what: "policy templates" });
    return token.image.slice(1);
  }

  shareTarget(cst: ShareTargetCstNode): ShareTargetNode {
    return {
      kind: "ShareTarget",
      span: this.spanOf(cst),
      principal: this.maybeReference(cst.children.reference),
    };
  }

  annotations(cst: readonly AnnotationCstNode[] | undefined): AnnotationNode[] {
    return (cst ?? []).map((node) => {
      const { key, Text } = node.children;
      return {
        kind: "Annotation",
        span: this.spanOf(node),
        key: this.name(one(key)),
        value: Text === undefined ? undefined : this.text(one(Text)),
      };
    });
  }
}

/** A name that is written bare: `none` and `organization` mean themselves only then. */
export function bareWord(reference: ReferenceNode, word: string): boolean {
  return (
    reference.kind === "Name" &&
    reference.value === word &&
    reference.span.end - reference.span.start === word.length
  );
}
