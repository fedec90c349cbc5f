import {
  buildClientSchema, isEnumType, isInputObjectType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType, isUnionType,
  getNamedType, type GraphQLField, type GraphQLInputType, type GraphQLOutputType, type GraphQLSchema, type IntrospectionQuery,
} from 'graphql';
import type { Visitor } from '../builders/visitor.js';

/** One operation that asks for everything a root field can give. */
export interface Operation {
  readonly field: string;
  readonly kind: 'query' | 'mutation';
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The value for an input field or argument of this name and type. */
export type Fill = (name: string, typeName: string) => unknown;

const DEEPEST = 4;

const TYPE_REFERENCE = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';
const TYPE = `query ($name: String!) { __type(name: $name) { kind name specifiedByURL
  fields(includeDeprecated: true) { name isDeprecated deprecationReason type { ${TYPE_REFERENCE} }
    args { name defaultValue type { ${TYPE_REFERENCE} } } }
  inputFields { name defaultValue type { ${TYPE_REFERENCE} } }
  interfaces { kind name } enumValues(includeDeprecated: true) { name isDeprecated deprecationReason } possibleTypes { kind name } } }`;

/** The schema as the running product describes itself, asked type by type: the whole at once is deeper than is allowed. */
export async function schemaOf(visitor: Visitor): Promise<GraphQLSchema> {
  const { __schema: outline } = await visitor.ask<{ __schema: IntrospectionQuery['__schema'] }>(
    '{ __schema { queryType { kind name } mutationType { kind name } subscriptionType { kind name } types { kind name } } }',
  );
  const types = [];
  for (const { name } of outline.types) types.push((await visitor.ask<{ __type: (typeof outline.types)[number] }>(TYPE, { name })).__type);
  return buildClientSchema({ __schema: { ...outline, types, directives: [] } });
}

/** One operation per root field of the schema, its arguments filled by `fill`. A field added to the schema is walked from then on. */
export function everyOperation(schema: GraphQLSchema, fill: Fill): Operation[] {
  const of = (kind: Operation['kind'], fields: Record<string, GraphQLField<unknown, unknown>> = {}): Operation[] =>
    Object.values(fields).map((field) => operationFor(kind, field, fill));
  return [...of('query', schema.getQueryType()?.getFields()), ...of('mutation', schema.getMutationType()?.getFields())];
}

function operationFor(kind: Operation['kind'], field: GraphQLField<unknown, unknown>, fill: Fill): Operation {
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const call = `${field.name}${passed && `(${passed})`}${selectionOf(field.type, DEEPEST)}`;
  return {
    field: field.name,
    kind,
    text: `${kind} ${declared && `(${declared})`} { ${call} }`,
    variables: Object.fromEntries(field.args.map(({ name, type }) => [name, valueOf(name, type, fill)])),
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
  const conflicting = new Set(['id', 'title', 'message']);
  return ` { __typename ${fields.map((field) => (conflicting.has(field.name) ? field.name : `${field.name}${selectionOf(field.type, depth - 1)}`)).join(' ')} }`;
}

function valueOf(name: string, type: GraphQLInputType, fill: Fill): unknown {
  if (isNonNullType(type)) return valueOf(name, type.ofType, fill);
  if (isListType(type)) return [];
  if (isInputObjectType(type)) {
    return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, valueOf(field.name, field.type, fill)]));
  }
  if (isEnumType(type)) return type.getValues()[0]?.name;
  return fill(name, type.name);
}
