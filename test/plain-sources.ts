import type { ExplainedSource, Source } from "../runtime-ts/index.ts";

/** Sources by kind and name, each once: what `reason` and policy tests speak of. */
export function plainSources(sources: readonly ExplainedSource[]): Source[] {
  const plain = sources.map((source): Source => {
    switch (source.kind) {
      case "administrator":
      case "owner":
        return { kind: source.kind };
      case "share":
      case "parent": {
        const { kind, to, name } = source;
        return name === undefined ? { kind, to } : { kind, to, name };
      }
      default:
        return { kind: source.kind, name: source.name };
    }
  });
  return [...new Map(plain.map((source) => [JSON.stringify(source), source])).values()];
}
