// Every question, in the order in which they are asked. `npm run bench -- <name>` asks one.
import type { Question } from "../harness/question.ts";
import { allows, allowsOneCondition } from "./allows.ts";
import { appQuestions } from "./apps.ts";
import { check } from "./check.ts";
import { checkBatchHot, checkBatchUniform } from "./check-batch.ts";
import { cliBatch } from "./cli-batch.ts";
import { compileRoles } from "./compile.ts";
import { filterLevel } from "./filter-level.ts";
import { filterSources } from "./filter-sources.ts";
import { organization } from "./organization.ts";
import { size } from "./size.ts";
import { twoThreads } from "./two-threads.ts";
import { whoCan } from "./who-can.ts";

export const questions: readonly Question[] = [
  allows,
  allowsOneCondition,
  check,
  checkBatchHot,
  checkBatchUniform,
  filterLevel,
  filterSources,
  whoCan,
  ...twoThreads,
  compileRoles,
  size,
  cliBatch,
  ...appQuestions,
  organization,
  { name: "load", title: "loading a large world from columns", program: "questions/load" },
  { name: "growth", title: "how memory and time grow with each measure of a world", program: "growth" },
  { name: "conditions", title: "what conditions cost", program: "conditions" },
  { name: "conditions-compile", title: "compile time of conditional grants", program: "conditions-compile" },
  { name: "hierarchy", title: "what hierarchy security costs", program: "hierarchy" },
  { name: "changes", title: "what single changes of a large world cost", program: "changes" },
];
