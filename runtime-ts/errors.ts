/** Every code that the runtime throws, once, with what it is about. */
export const runtimeCodes = {
  BWK201: "A name of people or places that neither the policy nor the directory declares.",
  BWK204: "A name that could be a user and a team.",
  BWK304: "A role where it has no copy, or in the classic mode one of another business unit.",
  BWK305: "An access team with roles, or as an owner.",
  BWK309: "The root business unit disabled, deleted or moved.",
  BWK410: "The bytes are not a Bailiwick image.",
  BWK411: "The image was written in another format or language version.",
  BWK412: "The image is truncated or has trailing bytes.",
  BWK413: "The image is damaged: its checksum or a section does not hold.",
  BWK414: "The WebAssembly memory cannot grow any further.",
  BWK415: "The WebAssembly core that was asked for does not run here.",
  BWK416: "A file that cannot be read.",
  BWK417: "The bytes are not a snapshot of an engine.",
  BWK418: "The snapshot was written by another version.",
  BWK419: "The snapshot is truncated or damaged.",
  BWK420: "A directory that does not have the shape of a directory.",
  BWK421: "A directory that names something nobody declares.",
  BWK422: "A directory that declares something twice.",
  BWK423: "Business units or positions that do not form a tree.",
  BWK424: "A role where it cannot be assigned.",
  BWK425: "An attribute value in a directory that does not fit its declaration.",
  BWK426: "A directory beyond the limits of the engine.",
  BWK427: "The root business unit disabled.",
  BWK428: "A directory loaded after tables.",
  BWK429: "A worker thread that does not start.",
  BWK430: "A table whose columns do not fit.",
  BWK431: "A table row that names something nobody declares.",
  BWK432: "A record id twice.",
  BWK433: "An empty cell where a value is needed.",
  BWK434: "A cell whose value does not fit its column.",
  BWK435: "A table row that the ownership of the entity does not allow.",
  BWK436: "A record whose parent record is not loaded.",
  BWK437: "A pool for an engine whose memory cannot be shared between threads.",
  BWK438: "A pool that has been closed.",
  BWK439: "A change of the world while a pool was answering.",
  BWK440: "A question that names something nobody declares.",
  BWK441: "A question that is not well formed.",
  BWK442: "A described record or request context that does not fit its declaration.",
  BWK443: "An update whose function is asynchronous.",
  BWK444: "Something that cannot be done within an update.",
  BWK445: "An operation that the policy does not allow, in an update.",
  BWK446: "A business unit deleted that is not disabled or not empty.",
  BWK447: "A change that the place of a person, team, unit or record does not allow.",
  BWK448: "A name that is taken, or none.",
  BWK449: "A user or team removed that is still needed.",
} as const;

export type RuntimeCode = keyof typeof runtimeCodes;

/**
 * What the runtime throws for a user's mistake: an image, directory, table or question that cannot be used.
 *
 * `message` is one line and says what is wrong and where (lower case, user text in backticks); `help`, where there is one,
 * how to mend it. `code` is stable and never reused. Nothing has changed in the engine when it is thrown.
 */
export class BailiwickError extends Error {
  override readonly name = "BailiwickError";
  readonly code: RuntimeCode;
  readonly help: string | undefined;

  constructor(code: RuntimeCode, message: string, help?: string) {
    super(message);
    this.code = code;
    this.help = help;
  }
}
