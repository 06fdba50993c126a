import { didYouMean, error } from "../entry.ts";

/** BWK2xx: names and structure. */
export const names = {
  BWK201: error(
    "A name that nothing declares.",
    (a: {
      kind: string;
      name: string;
      /** Whose name it would be. */
      of?: string | undefined;
      suggestion: string | undefined;
      help?: string | undefined;
    }) => ({
      message: `unknown ${a.kind} \`${a.name}\`${a.of === undefined ? "" : ` of ${a.of}`}`,
      help: a.help ?? didYouMean(a.suggestion),
    }),
  ),
  BWK202: error(
    "A name that is declared twice, or that the language itself already gives.",
    (a: { kind: string; name: string; builtIn?: boolean; help?: string | undefined }) => ({
      message:
        a.builtIn === true
          ? `${a.kind} \`${a.name}\` is built in and cannot be declared`
          : `${a.kind} \`${a.name}\` is declared twice`,
      help: a.help ?? (a.builtIn === true ? "choose another name" : "rename one, or remove the repetition"),
    }),
  ),
  BWK203: error(
    "Business units or positions that form a cycle, or more than one root unit.",
    (a: { problem: "units" | "positions"; path: readonly string[] } | { problem: "roots"; root: string }) =>
      a.problem === "roots"
        ? {
            message: `there is more than one root unit: \`${a.root}\` is declared already`,
            help: `declare it as a \`unit\` inside \`${a.root}\``,
          }
        : {
            message: `${a.problem === "units" ? "business units" : "positions"} form a cycle: ${a.path
              .map((name) => `\`${name}\``)
              .join(" under ")}`,
            help: "put one of them under something outside the cycle",
          },
  ),
  BWK204: error(
    "A bare name that both a user and a team carry.",
    (a: { name: string; user: string; team: string }) => ({
      message: `\`${a.name}\` is ambiguous: a user and a team have this name`,
      help: `say \`${a.user}\` or \`${a.team}\``,
    }),
  ),
  BWK205: error(
    "Entities that are owned by their parents in a circle.",
    (a: { path: readonly string[] }) => ({
      message: `entities are owned by each other in a cycle: ${a.path
        .map((name) => `\`${name}\``)
        .join(" owned by parent ")}`,
      help: "give one of them an owner of its own",
    }),
  ),
  BWK206: error(
    "Entities of one privilege set with different ownership.",
    (a: { set: string; entity: string; ownership: string; first: string; expected: string }) => ({
      message: `\`${a.entity}\` is owned by ${a.ownership}, but \`${a.first}\`, which shares the privilege set \`${a.set}\`, is owned by ${a.expected}`,
      help: `say \`owned by ${a.expected}\`, or leave out \`as ${a.set}\``,
    }),
  ),
} as const;
