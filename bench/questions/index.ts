// Every question, in the order in which they are asked. `npm run bench -- <name>` asks one.
import type { Question } from "../harness/question.ts";
import { allows, allowsOneCondition } from "./allows.ts";
import { check } from "./check.ts";
import { checkBatchHot, checkBatchUniform } from "./check-batch.ts";
import { filterLevel } from "./filter-level.ts";
import { filterSources } from "./filter-sources.ts";
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
];
