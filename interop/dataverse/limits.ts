// Bounds that a real solution stays far below and that keep a hostile one from filling the memory.

const mebibyte = 1024 * 1024;

export const limits = {
  /** One XML file, unpacked; the largest customizations.xml seen in public solutions is below 60 MiB. */
  fileBytes: 192 * mebibyte,
  /** Everything that is read for one import. */
  totalBytes: 768 * mebibyte,
  /** Entries of a zip, and files below a folder. */
  files: 100_000,
  /** Nested folders, and nested XML elements. */
  folders: 40,
  elements: 100,
} as const;

/** Bytes as people read them: `3.2 MiB`. */
export function inMebibytes(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(1)} MiB`;
}
