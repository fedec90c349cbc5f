import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

const SCALARS: Readonly<Record<string, string>> = {
  ID: 'string', String: 'string', DateTime: 'string | Date', Int: 'number', Float: 'number', SafeInt: 'number', Boolean: 'boolean',
};

/** Writes TypeScript types for what documents select, and notes which fragments they name. */
export class SelectionTypes {
  readonly named = new Set<string>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  /** The type of `set` on `type`; a union of one member per object type when `type` is abstract. */
  selection(set: SelectionSetNode, type: GraphQLCompositeType): string {
    if (!isAbstractType(type)) return this.onObject(set, type);
    return this.schema.getPossibleTypes(type).map((possible) => this.onObject(set, possible)).join(' | ');
  }

  /** The type of an input value. */
  input(type: GraphQLInputType): string {
    if (isNonNullType(type)) return this.input(type.ofType).replace(/ \| null$/, '');
    if (isListType(type)) return `readonly ${wrap(this.input(type.ofType))}[] | null`;
    if (!isInputObjectType(type)) return `${SCALARS[type.name] ?? 'unknown'} | null`;
    const sorted = Object.values(type.getFields()).sort((one, other) => (one.name < other.name ? -1 : 1));
    const fields = sorted.map((field) => {
      const optional = isNonNullType(field.type) && field.defaultValue === undefined ? '' : '?';
      return `readonly ${field.name}${optional}: ${this.input(field.type)};`;
    });
    return `{ ${fields.join(' ')} } | null`;
  }

  private onObject(set: SelectionSetNode, type: GraphQLObjectType): string {
    const own: string[] = [];
    const parts: string[] = [];
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) own.push(this.field(selection, type));
      else if (selection.kind === Kind.FRAGMENT_SPREAD) parts.push(this.spread(selection.name.value));
      else if (selection.typeCondition?.name.value === type.name) parts.push(this.onObject(selection.selectionSet, type));
    }
    if (own.length > 0) parts.unshift(`{ ${own.join(' ')} }`);
    return parts.length > 1 ? `(${parts.join(' & ')})` : (parts[0] ?? 'object');
  }

  private spread(name: string): string {
    if (!this.fragments.has(name)) throw new Error(`No fragment is called ${name}.`);
    this.named.add(name);
    return name;
  }

  private field(node: FieldNode, type: GraphQLObjectType): string {
    const name = node.alias?.value ?? node.name.value;
    if (node.name.value === '__typename') return `readonly __typename: '${type.name}';`;
    const field = type.getFields()[node.name.value];
    if (field === undefined) throw new Error(`${type.name} has no field ${node.name.value}.`);
    return `readonly ${name}: ${this.output(field.type, node.selectionSet)};`;
  }

  private output(type: GraphQLOutputType, set: SelectionSetNode | undefined): string {
    if (isNonNullType(type)) return this.output(type.ofType, set).replace(/ \| null$/, '');
    if (isListType(type)) return `readonly ${wrap(this.output(type.ofType, set))}[] | null`;
    const named = getNamedType(type);
    const text = isCompositeType(named) && set !== undefined ? this.selection(set, named) : (SCALARS[named.name] ?? 'unknown');
    return `${text} | null`;
  }
}

function wrap(text: string): string {
  return text.includes(' | ') ? `(${text})` : text;
}
