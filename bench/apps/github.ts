// Repositories of organizations, used by users and teams, as on GitHub.
import type { SourceFile } from "../../compiler/index.ts";
import { Random } from "../generate/random.ts";
import type { App, AppRequest, AppWorld } from "./app.ts";
import { callOf, type Entity, reference, type Uid, uid } from "./cedar-entities.ts";
import { lists, reached, someOf } from "./graph.ts";
import { ShareTable } from "./share-table.ts";

/** What one may do with a repository; each may do what stands before it too. */
const ranks = ["readers", "triagers", "writers", "maintainers", "admins"] as const;
const actions = ["read", "triage", "write", "maintain", "admin"];
/** Ranks of an organization, as ranks of each of its repositories. */
const organizationRanks = [0, 2, 4] as const;

/** Somebody's rank in something. */
interface Use {
  readonly of: number;
  readonly rank: number;
}

interface Graph {
  readonly n: number;
  readonly organizationOfRepository: readonly number[];
  readonly organizationUses: readonly Use[][];
  /** Only those with smaller numbers. */
  readonly teamsOfTeam: readonly number[][];
  readonly teamUses: readonly Use[][];
  readonly userUses: readonly Use[][];
  readonly teamsOfUser: readonly number[][];
  readonly organizationsOfUser: readonly number[][];
  readonly userUsesOrganizations: readonly Use[][];
}

function makeGraph(n: number, random: Random): Graph {
  const uses = (ranks: readonly number[]): Use[][] =>
    lists(n, () => someOf(n, random)).map((targets) =>
      targets.map((of) => ({ of, rank: random.pick(ranks) })),
    );
  return {
    n,
    organizationOfRepository: Array.from({ length: n }, () => random.below(n)),
    organizationUses: uses(organizationRanks),
    teamsOfTeam: lists(n, (team) => someOf(team, random)),
    teamUses: uses([0, 1, 2, 3, 4]),
    userUses: uses([0, 1, 2, 3, 4]),
    teamsOfUser: lists(n, () => someOf(n, random)),
    organizationsOfUser: lists(n, () => someOf(n, random)),
    userUsesOrganizations: uses(organizationRanks),
  };
}

const policies = `
permit (principal, action == Action::"read", resource) when { principal in resource.readers };
permit (principal, action in [Action::"read", Action::"triage"], resource) when { principal in resource.triagers };
permit (principal, action in [Action::"read", Action::"triage", Action::"write"], resource)
when { principal in resource.writers };
permit (principal, action in [Action::"read", Action::"triage", Action::"write", Action::"maintain"], resource)
when { principal in resource.maintainers };
permit (principal, action, resource) when { principal in resource.admins };
permit (principal, action == Action::"read", resource) when { principal in resource.owner.readers };
permit (principal, action in [Action::"read", Action::"triage", Action::"write"], resource)
when { principal in resource.owner.writers };
permit (principal, action, resource) when { principal in resource.owner.admins };
`;

/** Our word for each action, in the order of the ranks. */
const privileges = ["read", "append", "write", "appendTo", "share"];

const sources: SourceFile[] = [
  {
    name: "github.bwk",
    text: `
entity Repository owned by user or team;
role Developer { permit ${privileges.join(", ")} on Repository at user; }
`,
  },
];

const user = (i: number): string => `user-${i}`;
const team = (i: number): string => `team-${i}`;
const organizationTeam = (i: number, rank: number): string => `org-${i} ${ranks[rank]}`;

/** Who has a rank of an organization: users themselves, or through another organization of theirs. */
function holders(graph: Graph, organization: number, rank: number): string[] {
  const has = (uses: readonly Use[] | undefined): boolean =>
    uses?.some((use) => use.of === organization && use.rank === rank) === true;
  return Array.from({ length: graph.n }, (_, i) => i)
    .filter(
      (i) =>
        has(graph.userUsesOrganizations[i]) ||
        graph.organizationsOfUser[i]?.some((each) => has(graph.organizationUses[each])),
    )
    .map(user);
}

function sharesOf(graph: Graph): ShareTable {
  const shares = new ShareTable();
  const rights = (rank: number) => privileges.slice(0, rank + 1);
  const add = (uses: readonly Use[][], type: "user" | "team", name: (i: number) => string) => {
    uses.forEach((of, i) => {
      for (const { of: repository, rank } of of)
        shares.add(["Repository", `${repository}`], [type, name(i)], rights(rank));
    });
  };
  add(graph.userUses, "user", user);
  add(graph.teamUses, "team", team);
  graph.organizationOfRepository.forEach((organization, repository) => {
    // The admins own it.
    for (const rank of [0, 2])
      shares.add(
        ["Repository", `${repository}`],
        ["team", organizationTeam(organization, rank)],
        rights(rank),
      );
  });
  return shares;
}

const permission = (kind: "Repo" | "Org", { of, rank }: Use): Uid =>
  uid(`${kind}Permission`, `${of} ${ranks[rank]}`);

/** The user with everything above him, the repository, and its organization. */
function slice(graph: Graph, { user: asking, resource }: AppRequest): Entity[] {
  const entities: Entity[] = [];
  const add = (of: Uid, attrs: Entity["attrs"], parents: readonly Uid[]): void => {
    entities.push({ uid: of, attrs, parents });
  };
  const repositories = (uses: readonly Use[] | undefined) =>
    (uses ?? []).map((use) => permission("Repo", use));
  const teams = graph.teamsOfUser[asking] as number[];
  const organizations = graph.organizationsOfUser[asking] as number[];
  add(uid("User", asking), {}, [
    ...repositories(graph.userUses[asking]),
    ...teams.map((i) => uid("Team", i)),
    ...organizations.map((i) => uid("Organization", i)),
    ...(graph.userUsesOrganizations[asking] as Use[]).map((use) => permission("Org", use)),
  ]);
  for (const i of reached(teams, graph.teamsOfTeam)) {
    const above = (graph.teamsOfTeam[i] as number[]).map((each) => uid("Team", each));
    add(uid("Team", i), {}, [...above, ...repositories(graph.teamUses[i])]);
  }
  const owner = graph.organizationOfRepository[resource] as number;
  for (const i of new Set([...organizations, owner])) {
    const attrs = Object.fromEntries(
      organizationRanks.map((rank) => [ranks[rank], reference(permission("Org", { of: i, rank }))]),
    );
    const above = (graph.organizationUses[i] as Use[]).map((use) => permission("Org", use));
    add(uid("Organization", i), i === owner ? attrs : {}, organizations.includes(i) ? above : []);
  }
  const attrs = Object.fromEntries(
    ranks.map((word, rank) => [word, reference(permission("Repo", { of: resource, rank }))]),
  );
  add(uid("Repository", resource), { ...attrs, owner: reference(uid("Organization", owner)) }, []);
  return entities;
}

function decide(graph: Graph, { user: asking, action, resource }: AppRequest): boolean {
  const needed = actions.indexOf(action);
  const suffices = (of: number) => (use: Use) => use.of === of && use.rank >= needed;
  const owner = graph.organizationOfRepository[resource] as number;
  const teams = reached(graph.teamsOfUser[asking] as number[], graph.teamsOfTeam);
  return (
    graph.userUses[asking]?.some(suffices(resource)) === true ||
    [...teams].some((i) => graph.teamUses[i]?.some(suffices(resource))) ||
    graph.userUsesOrganizations[asking]?.some(suffices(owner)) === true ||
    graph.organizationsOfUser[asking]?.some((i) => graph.organizationUses[i]?.some(suffices(owner))) === true
  );
}

function make(n: number, seed: number, count: number): AppWorld {
  const random = new Random(seed);
  const graph = makeGraph(n, random);
  const members = lists(n, () => []);
  graph.teamsOfUser.forEach((teams, i) => {
    for (const each of reached(teams, graph.teamsOfTeam)) members[each]?.push(i);
  });
  const unit = { businessUnit: "GitHub" };
  const organizationTeams = Array.from({ length: n }, (_, i) =>
    organizationRanks.map((rank) => ({
      id: organizationTeam(i, rank),
      kind: "owner" as const,
      ...unit,
      members: holders(graph, i, rank),
    })),
  ).flat();
  const owners = graph.organizationOfRepository.map((i) => organizationTeam(i, 4));
  return {
    requests: Array.from({ length: count }, () => ({
      user: random.below(n),
      action: random.pick(actions),
      resource: random.below(n),
    })),
    sources,
    directory: {
      businessUnits: [{ id: "GitHub" }],
      users: Array.from({ length: n }, (_, i) => ({ id: user(i), ...unit, roles: ["Developer"] })),
      teams: [
        ...members.map((of, i) => ({
          id: team(i),
          kind: "access" as const,
          ...unit,
          members: of.map(user),
        })),
        ...organizationTeams,
      ],
    },
    records: [
      {
        entity: "Repository",
        columns: { id: owners.map((_, i) => `${i}`), owner: owners, owner_type: owners.map(() => "team") },
      },
    ],
    shares: sharesOf(graph).columns(),
    question: ({ user: asking, action, resource }) => ({
      principal: user(asking),
      action: privileges[actions.indexOf(action)] as string,
      resource: { entity: "Repository", id: `${resource}` },
    }),
    policies,
    call: (request) =>
      callOf(
        uid("User", request.user),
        request.action,
        uid("Repository", request.resource),
        slice(graph, request),
      ),
    decide: (request) => decide(graph, request),
  };
}

export const github: App = {
  name: "github",
  make,
  mapping:
    "an organization's admins are the team that owns its repositories, its other ranks teams that the repositories are shared with; every rank in a repository is a share; members of a team below a team are members of both",
};
