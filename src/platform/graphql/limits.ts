import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/** What one operation may ask for at most. The portal's own largest query is well inside each. */
export const QUERY_LIMITS = { depth: 8, aliases: 12, rootFields: 8, fields: 250 } as const;

interface Cost {
  /** Fields of its own level, those inside fragments included. */
  readonly top: number;
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
}

/**
 * Refuses operations (attacker-controlled) that would cost too much, before anything runs. Fragments are counted each
 * time they are spread, so that no exponential blow-up hides behind them; a cycle is refused by GraphQL's own rules.
 */
export const costRule: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition(operation: OperationDefinitionNode): void {
    const over = faultOf(new Meter(context).measure(operation.selectionSet, new Set()));
    if (over !== undefined) context.reportError(new GraphQLError(over));
  },
  // A compiled document is kept by its text alone: of two operations it would go on running the one it was compiled for.
  Document({ definitions }: DocumentNode): void {
    const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    if (operations.length > 1) context.reportError(new GraphQLError('Send one operation at a time.'));
  },
});

function faultOf(cost: Cost): string | undefined {
  if (cost.depth > QUERY_LIMITS.depth) return `The query is too deep: at most ${QUERY_LIMITS.depth} levels are allowed.`;
  if (cost.aliases > QUERY_LIMITS.aliases) return `The query has too many aliases: at most ${QUERY_LIMITS.aliases} are allowed.`;
  if (cost.fields > QUERY_LIMITS.fields) return `The query is too large: at most ${QUERY_LIMITS.fields} fields are allowed.`;
  if (cost.top > QUERY_LIMITS.rootFields) return `The query asks for too much at once: at most ${QUERY_LIMITS.rootFields} things at the top level are allowed.`;
  return undefined;
}

const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type']);

const FREE: Cost = { top: 0, depth: 0, fields: 0, aliases: 0 };

class Meter {
  private readonly known = new Map<string, Cost>();

  constructor(private readonly context: ValidationContext) {}

  measure(set: SelectionSetNode, within: ReadonlySet<string>): Cost {
    let cost = FREE;
    for (const selection of set.selections) {
      cost = larger(cost, this.measureSelection(selection, within));
      if (cost.fields > QUERY_LIMITS.fields) break;
    }
    return cost;
  }

  private measureSelection(selection: SelectionNode, within: ReadonlySet<string>): Cost {
    switch (selection.kind) {
      case Kind.FIELD: {
        const inner = selection.selectionSet ? this.measure(selection.selectionSet, within) : FREE;
        // Tools that read the schema go deep; GraphQL bounds that by a rule of its own, and production forbids it.
        const depth = INTROSPECTION.has(selection.name.value) ? 1 : inner.depth + 1;
        return { top: 1, depth, fields: inner.fields + 1, aliases: inner.aliases + (selection.alias ? 1 : 0) };
      }
      case Kind.INLINE_FRAGMENT:
        return this.measure(selection.selectionSet, within);
      case Kind.FRAGMENT_SPREAD:
        return this.measureFragment(selection.name.value, within);
    }
  }

  private measureFragment(name: string, within: ReadonlySet<string>): Cost {
    const done = this.known.get(name);
    if (done) return done;
    const fragment: FragmentDefinitionNode | null | undefined = this.context.getFragment(name);
    if (!fragment || within.has(name)) return FREE;
    const cost = this.measure(fragment.selectionSet, new Set([...within, name]));
    this.known.set(name, cost);
    return cost;
  }
}

function larger(one: Cost, other: Cost): Cost {
  return {
    top: one.top + other.top,
    depth: Math.max(one.depth, other.depth),
    fields: one.fields + other.fields,
    aliases: one.aliases + other.aliases,
  };
}
