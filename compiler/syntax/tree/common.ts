// What every chapter of the tree shares: names, references, annotations.
import type { Span } from "../../source.ts";

/** What every node has. */
export interface Base {
  readonly span: Span;
}

/** An identifier or a quoted string that serves as a name. */
export interface NameNode extends Base {
  readonly kind: "Name";
  readonly value: string;
}

/** `Team::"EU"`: a type and an id. */
export interface EntityIdNode extends Base {
  readonly kind: "EntityId";
  readonly type: NameNode;
  readonly id: NameNode;
}

/** A bare name where its kind is clear, or a full entity id. */
export type ReferenceNode = NameNode | EntityIdNode;

/** `@key("text")`; the text is absent in `@key`. */
export interface AnnotationNode extends Base {
  readonly kind: "Annotation";
  readonly key: NameNode;
  readonly value: string | undefined;
}
