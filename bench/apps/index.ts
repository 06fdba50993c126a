// The three applications of "Cedar: A New Language for Expressive, Fast, Safe, and Analyzable Authorization" (OOPSLA 2024).
import type { App } from "./app.ts";
import { gdrive } from "./gdrive.ts";
import { github } from "./github.ts";
import { tinytodo } from "./tinytodo.ts";

export const apps: readonly App[] = [gdrive, github, tinytodo];
/** Entities of each kind. */
export const appSizes: readonly number[] = [5, 10, 15, 20, 30, 40, 50];
export const APP_REQUESTS = 500;
