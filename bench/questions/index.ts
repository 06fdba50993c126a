// Every question, in the order in which they are asked. `npm run bench -- <name>` asks one.
import type { Question } from "../harness/question.ts";
import { allows, allowsOneCondition } from "./allows.ts";
import { check } from "./check.ts";
import { checkBatchHot, checkBatchUniform } from "./check-batch.ts";

export const questions: readonly Question[] = [
  allows,
  allowsOneCondition,
  check,
  checkBatchHot,
  checkBatchUniform,
];
