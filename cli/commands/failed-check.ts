import type { FailedCheck } from "../../runtime-ts/index.ts";

/** The check that refused an operation, on one line: `A4: write on Account "acc1", which user "alice" lacks`. */
export function failedLine({ rule, action, record, principal }: FailedCheck): string {
  const id = record?.id === undefined ? "" : ` ${JSON.stringify(record.id)}`;
  const what = record === undefined ? action : `${action} on ${record.entity}${id}`;
  const [kind, name] = "user" in principal ? ["user", principal.user] : ["team", principal.team];
  return `${rule}: ${what}, asked of ${kind} ${JSON.stringify(name)}`;
}
