const words: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EMFILE: "too many open files",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  ERR_INVALID_ARG_VALUE: "the name holds a null character",
  ERR_FS_FILE_TOO_LARGE: "the file is larger than 2 GiB",
};

/** Why the file system refused, in words. */
export function systemReason(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" ? (words[code] ?? code) : "unknown reason";
}
