import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";

const pending = new Set<string>();

/** A free name beside `target` for what is not finished yet; it is gone when the process is interrupted. */
export function temporaryBeside(target: string): string {
  const path = `${target}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
  pending.add(path);
  return path;
}

/** Says that a temporary file or folder has to go when the process is interrupted. */
export function keepTrack(path: string): void {
  pending.add(path);
}

/** Says that it is finished: renamed or removed. */
export function forget(path: string): void {
  pending.delete(path);
}

/** Removes everything unfinished; for the moment of an interruption, so it is synchronous and never throws. */
export function removePending(): void {
  for (const path of pending) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Nothing more can be done while the process ends.
    }
  }
  pending.clear();
}
