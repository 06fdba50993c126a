// Random projects compiled from source, in Cedar and by the slow twin.
import { test } from "vitest";
import { analyze, type Model } from "../../compiler/index.ts";
import type { Project } from "../properties/project.ts";
import { toSource } from "../properties/to-source.ts";
import { decideAlike } from "./decide-alike.ts";
import { patient, worlds } from "./settings.ts";

function compiled(project: Project): Model {
  const source = toSource(project);
  const { model, diagnostics } = analyze([{ name: "world.bwk", text: source }]);
  if (model === undefined) throw new Error(`${diagnostics[0]?.message}\n${source}`);
  return model;
}

const half = Math.ceil(worlds / 2);

test(`Cedar and the twin agree on ${half} random worlds from source`, patient, () => {
  decideAlike("source", compiled, half);
});
