// The engine with a project in it: compiled, and its directory and tables loaded.
import { compile } from "../../compiler/index.ts";
import { Engine, type LoadOptions } from "../../runtime-ts/index.ts";
import { type Project, recordActions } from "./project.ts";
import { fileName } from "./to-model.ts";
import { type Split, split } from "./to-tables.ts";

export type Core = "plain" | "simd";

/** Compiles; a design that does not compile is a mistake of the generator or of the compiler, and fails with its reasons. */
export function imageOf(source: string): Uint8Array<ArrayBuffer> {
  const { image, diagnostics } = compile([{ name: fileName, text: source }]);
  if (image !== undefined) return image;
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  const lines = errors.map(({ code, message, help, span }) => {
    const line = source.slice(0, span.start).split("\n").length;
    return `${fileName}:${line}: ${code} ${message}${help === undefined ? "" : ` (${help})`}`;
  });
  throw new Error(`the project does not compile\n${lines.join("\n")}\n${source}`);
}

/** `rewrite` changes the source before it is compiled: the formatter, for one. */
export function engineOf(
  project: Project,
  core: NonNullable<LoadOptions["core"]>,
  rewrite: (source: string) => string = (source) => source,
): Engine {
  const { source, directory, records, shares } = split(project);
  const engine = Engine.load(imageOf(rewrite(source)), { core });
  if (directory !== undefined) {
    // A directory stands in place of an earlier one: of one that nobody could sign in with, for every other project.
    if (project.users.length % 2 === 1) engine.directory.load(everybodyDisabled(directory));
    engine.directory.load(directory);
  }
  for (const { entity, columns } of records) engine.records.load(entity, columns);
  if (shares !== undefined) engine.shares.load(shares);
  return engine;
}

function everybodyDisabled(directory: NonNullable<Split["directory"]>): unknown {
  return { ...directory, users: directory.users.map((user) => ({ ...user, disabled: true })) };
}

/** `allows` of every user, action and record, by place in the project. */
export function answers(project: Project, engine: Engine): string {
  return project.records
    .flatMap(({ entity, id }) => {
      const record = engine.record(entity, id);
      return recordActions.flatMap((action) => {
        const privilege = engine.privilege(action, entity);
        return project.users.map(({ name }) =>
          engine.allows(engine.principal(name), privilege, record) ? "1" : "0",
        );
      });
    })
    .join("");
}
