import {
  buildSchema, getNamedType, isEnumType, isInputObjectType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType, isUnionType,
  type GraphQLField, type GraphQLInputType, type GraphQLOutputType,
} from 'graphql';

/** One operation that asks for everything a root field can give. */
export interface Operation {
  readonly field: string;
  readonly kind: 'query' | 'mutation';
  readonly text: string;
  /** Whether it is asked about one thing, by its id. */
  readonly takesId: boolean;
  /** Whether words are among what it is given. */
  readonly takesWords: boolean;
  /** The variables with `id` where a thing is named, and `word` where words are. */
  readonly variables: (id: string, word: string) => Readonly<Record<string, unknown>>;
}

/** As deep as the portal lets anybody ask. */
const DEEPEST = 4;
/** What arguments of these names are given; whatever else is text is given the word. */
const GIVEN: Readonly<Record<string, unknown>> = { first: 100, version: 1, state: 'all', tab: 'all', kind: null, after: null, status: null, step: null };
const DAY = '2026-01-01';

/** One operation for each root field of the schema: a field that is added to it is asked from then on. */
export function operationsOf(schemaText: string): Operation[] {
  const schema = buildSchema(schemaText);
  const of = (kind: Operation['kind'], fields: Record<string, GraphQLField<unknown, unknown>> = {}): Operation[] => Object.values(fields).map((field) => operationFor(kind, field));
  return [...of('query', schema.getQueryType()?.getFields()), ...of('mutation', schema.getMutationType()?.getFields())];
}

function operationFor(kind: Operation['kind'], field: GraphQLField<unknown, unknown>): Operation {
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const variables: Operation['variables'] = (id, word) => Object.fromEntries(field.args.map(({ name, type }) => [name, valueOf(name, type, { id, word })]));
  return {
    field: field.name,
    kind,
    text: `${kind} ${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`}${selectionOf(field.type, DEEPEST)} }`,
    takesId: JSON.stringify(variables('@', '')).includes('"@"'),
    takesWords: JSON.stringify(variables('', '@')).includes('"@"'),
    variables,
  };
}

function selectionOf(output: GraphQLOutputType, depth: number): string {
  const type = getNamedType(output);
  if (isLeafType(type)) return '';
  if (isUnionType(type)) return ` { __typename ${type.getTypes().map((one) => `... on ${one.name}${fieldsOf(one, depth)}`).join(' ')} }`;
  return fieldsOf(type, depth);
}

function fieldsOf(type: GraphQLOutputType, depth: number): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const fields = Object.values(type.getFields()).filter((field) => depth > 1 || isLeafType(getNamedType(field.type)));
  return ` { __typename ${fields.map((field) => `${field.name}${selectionOf(field.type, depth - 1)}`).join(' ')} }`;
}

function valueOf(name: string, type: GraphQLInputType, given: { readonly id: string; readonly word: string }): unknown {
  if (isNonNullType(type)) return valueOf(name, type.ofType, given);
  if (isListType(type)) return [];
  if (isInputObjectType(type)) return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, valueOf(field.name, field.type, given)]));
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (Object.hasOwn(GIVEN, name)) return GIVEN[name];
  if (type.name === 'ID') return given.id;
  if (type.name === 'String') return /on$|day/i.test(name) && !/reason|description|version/i.test(name) ? DAY : given.word;
  if (type.name === 'DateTime') return name === 'from' ? '2020-01-01T00:00:00Z' : '2099-01-01T00:00:00Z';
  return type.name === 'Boolean' ? false : 1;
}
