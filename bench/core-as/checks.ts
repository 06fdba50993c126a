// One request after the other, as one would write it: role set, level, unit, then owner, teams and shares. The tables are those
// of peers/typed-tables.ts.
const TEAM: u32 = 0x80000000;
const EVERYBODY: u32 = 0xffffffff;
const UNIT_LEVEL: u32 = 2;
const CHILD_LEVEL: u32 = 3;
const ORGANIZATION_LEVEL: u32 = 4;

function isMember(userTeams: usize, teamsPerUser: u32, user: u32, team: u32): bool {
  let at = userTeams + ((<usize>user * teamsPerUser) << 2);
  for (let left = teamsPerUser; left > 0; left--, at += 4) if (load<u32>(at) === team) return true;
  return false;
}

function isShared(
  shareRecords: usize,
  sharees: usize,
  shareRights: usize,
  shares: u32,
  userTeams: usize,
  teamsPerUser: u32,
  user: u32,
  action: u32,
  record: u32,
): bool {
  let low: u32 = 0;
  let high = shares;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u32>(shareRecords + ((<usize>middle) << 2)) < record) low = middle + 1;
    else high = middle;
  }
  for (; low < shares && load<u32>(shareRecords + ((<usize>low) << 2)) === record; low++) {
    if (((load<u8>(shareRights + low) >> <u8>action) & 1) === 0) continue;
    const sharee = load<u32>(sharees + ((<usize>low) << 2));
    if (sharee === user || sharee === EVERYBODY) return true;
    if ((sharee & TEAM) !== 0 && isMember(userTeams, teamsPerUser, user, sharee ^ TEAM)) return true;
  }
  return false;
}

/** One bit a request. */
export function checkEach(
  users: usize,
  levels: usize,
  levelBytes: u32,
  owners: usize,
  units: usize,
  shared: usize,
  teamsPerUser: u32,
  userTeams: usize,
  shareRecords: usize,
  sharees: usize,
  shareRights: usize,
  shares: u32,
  principals: usize,
  privileges: usize,
  records: usize,
  count: u32,
  out: usize,
): void {
  let word: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const user = load<u32>(principals + ((<usize>i) << 2));
    const privilege = load<u32>(privileges + ((<usize>i) << 2));
    const record = load<u32>(records + ((<usize>i) << 2));
    const row = users + ((<usize>user) << 3);
    const pair = load<u8>(levels + <usize>load<u16>(row) * levelBytes + (privilege >> 1));
    const level = (<u32>pair >> ((privilege & 1) << 2)) & 15;
    let allowed: bool = level === ORGANIZATION_LEVEL;
    if (level !== 0 && !allowed) {
      const unit = load<u16>(units + ((<usize>record) << 1));
      const own = load<u16>(row, 2);
      allowed =
        (level >= UNIT_LEVEL && unit === own) ||
        (level === CHILD_LEVEL && unit > own && unit <= load<u16>(row, 4));
      if (!allowed) {
        const owner = load<u32>(owners + ((<usize>record) << 2));
        allowed =
          owner === user ||
          ((owner & TEAM) !== 0 && isMember(userTeams, teamsPerUser, user, owner ^ TEAM)) ||
          (((load<u32>(shared + ((<usize>(record >> 5)) << 2)) >> (record & 31)) & 1) !== 0 &&
            isShared(
              shareRecords,
              sharees,
              shareRights,
              shares,
              userTeams,
              teamsPerUser,
              user,
              privilege & 7,
              record,
            ));
      }
    }
    word |= u32(allowed) << (i & 31);
    if ((i & 31) === 31 || i + 1 === count) {
      store<u32>(out + ((<usize>(i >> 5)) << 2), word);
      word = 0;
    }
  }
}

/**
 * The limit of `checkEach`: reads what no answer can do without (the request, the user's row, the level, the record's unit) and
 * writes a bit a request, without deciding.
 */
export function readEach(
  users: usize,
  levels: usize,
  levelBytes: u32,
  units: usize,
  principals: usize,
  privileges: usize,
  records: usize,
  count: u32,
  out: usize,
): void {
  for (let first: u32 = 0; first < count; first += 32) {
    const end = min(first + 32, count);
    let word: u32 = 0;
    for (let i = first; i < end; i++) {
      const row = users + ((<usize>load<u32>(principals + ((<usize>i) << 2))) << 3);
      const privilege = load<u32>(privileges + ((<usize>i) << 2));
      const unit = load<u16>(units + ((<usize>load<u32>(records + ((<usize>i) << 2))) << 1));
      const level = load<u8>(levels + <usize>load<u16>(row) * levelBytes + (privilege >> 1));
      word |= (<u32>((unit ^ level) & 1)) << (i & 31);
    }
    store<u32>(out + ((<usize>(first >> 5)) << 2), word);
  }
}
