/** What has changed since the facts of conditions were worked out last. */
export class StaleFacts {
  /** Records with another owner, unit or value, where some condition may ask for them. */
  readonly records = new Set<number>();
  /** Users with another unit, role, team or value. */
  readonly users = new Set<number>();
  /** Units, teams or roles: whatever reads them is worked out again. */
  people = false;
  /** Records that came or went: what names them by id is looked up again. */
  identities = false;
  /** While an update runs: what was stale in it, and would be again if it were taken back. */
  #sinceUpdate: StaleFacts | undefined;
  #isUpdating = false;

  readonly #hasConditions: boolean;

  /** `hasConditions`: without any, no record has facts. */
  constructor(hasConditions: boolean) {
    this.#hasConditions = hasConditions;
  }

  /** A record has another owner, unit or value. */
  touch(record: number): void {
    if (this.#hasConditions) this.records.add(record);
  }

  get isEmpty(): boolean {
    return !this.people && !this.identities && this.records.size === 0 && this.users.size === 0;
  }

  /** Everything has been worked out. */
  clear(): void {
    if (this.isEmpty) return;
    if (this.#isUpdating) {
      this.#sinceUpdate ??= new StaleFacts(this.#hasConditions);
      this.#sinceUpdate.add(this);
    }
    this.records.clear();
    this.users.clear();
    this.people = false;
    this.identities = false;
  }

  add(other: StaleFacts): void {
    for (const record of other.records) this.records.add(record);
    for (const user of other.users) this.users.add(user);
    this.people ||= other.people;
    this.identities ||= other.identities;
  }

  /** An update begins: from now on what is cleared is remembered. */
  beginUpdate(): void {
    this.#isUpdating = true;
  }

  /** It is taken back: all that was stale in it is stale again. */
  undoUpdate(): void {
    if (this.#sinceUpdate !== undefined) this.add(this.#sinceUpdate);
  }

  endUpdate(): void {
    this.#isUpdating = false;
    this.#sinceUpdate = undefined;
  }
}
