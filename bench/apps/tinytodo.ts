// Lists of tasks with an owner, readers and editors. Of the tasks themselves no policy speaks: they are left out.
import type { SourceFile } from "../../compiler/index.ts";
import { Random } from "../generate/random.ts";
import type { App, AppRequest, AppWorld } from "./app.ts";
import { callOf, type Entity, reference, uid } from "./cedar-entities.ts";
import { lists, reached, someOf } from "./graph.ts";
import { ShareTable } from "./share-table.ts";

interface Graph {
  readonly n: number;
  readonly teamsOfUser: readonly number[][];
  /** Only those with smaller numbers. */
  readonly teamsOfTeam: readonly number[][];
  readonly owners: readonly number[];
  /** A team each. */
  readonly readers: readonly number[];
  readonly editors: readonly number[];
}

function makeGraph(n: number, random: Random): Graph {
  const edges = () => Array.from({ length: n }, () => random.below(n));
  return {
    n,
    teamsOfUser: lists(n, () => someOf(n, random)),
    teamsOfTeam: lists(n, (team) => someOf(team, random)),
    owners: edges(),
    readers: edges(),
    editors: edges(),
  };
}

const onApplication = ["CreateList", "GetLists"];
const editing = ["UpdateList", "CreateTask", "UpdateTask", "DeleteTask"];
/** Our word for each action on a list; the others are task privileges. */
const privileges: Record<string, string> = {
  GetList: "read",
  UpdateList: "write",
  CreateTask: "append",
  UpdateTask: "appendTo",
  DeleteTask: "assign",
  DeleteList: "delete",
  EditShares: "share",
};
const actions = [...onApplication, ...Object.keys(privileges)];

const policies = `
permit (principal, action in [Action::"CreateList", Action::"GetLists"], resource == Application::"TinyTodo");
permit (principal, action, resource is List) when { resource.owner == principal };
permit (principal, action == Action::"GetList", resource)
when { principal in resource.readers || principal in resource.editors };
permit (principal, action in [${editing.map((action) => `Action::"${action}"`).join(", ")}], resource)
when { principal in resource.editors };
`;

const sources: SourceFile[] = [
  {
    name: "tinytodo.bwk",
    text: `
entity List owned by user or team;
privilege CreateList, GetLists;
role Member {
  permit ${Object.values(privileges).join(", ")} on List at user;
  permit CreateList, GetLists;
}
`,
  },
];

const user = (i: number): string => `user-${i}`;
const team = (i: number): string => `team-${i}`;

/** The list, and for its readers and editors the user with the teams above him. */
function slice(graph: Graph, { user: asking, action, resource }: AppRequest): Entity[] {
  if (onApplication.includes(action)) return [];
  const teams = graph.teamsOfUser[asking] as number[];
  const above = (of: readonly number[]) => of.map((i) => uid("Team", i));
  return [
    { uid: uid("User", asking), attrs: {}, parents: above(teams) },
    ...Array.from(reached(teams, graph.teamsOfTeam), (i) => ({
      uid: uid("Team", i),
      attrs: {},
      parents: above(graph.teamsOfTeam[i] as number[]),
    })),
    {
      uid: uid("List", resource),
      attrs: {
        owner: reference(uid("User", graph.owners[resource] as number)),
        readers: reference(uid("Team", graph.readers[resource] as number)),
        editors: reference(uid("Team", graph.editors[resource] as number)),
      },
      parents: [],
    },
  ];
}

function decide(graph: Graph, { user: asking, action, resource }: AppRequest): boolean {
  if (onApplication.includes(action) || graph.owners[resource] === asking) return true;
  const teams = reached(graph.teamsOfUser[asking] as number[], graph.teamsOfTeam);
  const edits = teams.has(graph.editors[resource] as number);
  if (action === "GetList") return edits || teams.has(graph.readers[resource] as number);
  return editing.includes(action) && edits;
}

function make(n: number, seed: number, count: number): AppWorld {
  const random = new Random(seed);
  const graph = makeGraph(n, random);
  const members = lists(n, () => []);
  graph.teamsOfUser.forEach((teams, i) => {
    for (const each of reached(teams, graph.teamsOfTeam)) members[each]?.push(i);
  });
  const shares = new ShareTable();
  graph.owners.forEach((_, list) => {
    shares.add(["List", `${list}`], ["team", team(graph.readers[list] as number)], ["read"]);
    const edit = ["read", ...editing.map((action) => privileges[action] as string)];
    shares.add(["List", `${list}`], ["team", team(graph.editors[list] as number)], edit);
  });
  const unit = { businessUnit: "TinyTodo" };
  return {
    requests: Array.from({ length: count }, () => ({
      user: random.below(n),
      action: random.pick(actions),
      resource: random.below(n),
    })),
    sources,
    directory: {
      businessUnits: [{ id: "TinyTodo" }],
      users: Array.from({ length: n }, (_, i) => ({ id: user(i), ...unit, roles: ["Member"] })),
      teams: members.map((of, i) => ({
        id: team(i),
        kind: "access" as const,
        ...unit,
        members: of.map(user),
      })),
    },
    records: [
      {
        entity: "List",
        columns: { id: graph.owners.map((_, i) => `${i}`), owner: graph.owners.map(user) },
      },
    ],
    shares: shares.columns(),
    question: ({ user: asking, action, resource }) => {
      const privilege = privileges[action];
      return privilege === undefined
        ? { principal: user(asking), action }
        : {
            principal: user(asking),
            action: privilege,
            resource: { entity: "List", id: `${resource}` },
          };
    },
    policies,
    call: (request) =>
      callOf(
        uid("User", request.user),
        request.action,
        onApplication.includes(request.action)
          ? uid("Application", "TinyTodo")
          : uid("List", request.resource),
        slice(graph, request),
      ),
    decide: (request) => decide(graph, request),
  };
}

export const tinytodo: App = {
  name: "tinytodo",
  make,
  mapping:
    "readers and editors are teams that a list is shared with; members of a team below a team are members of both; creating and listing lists are task privileges",
};
