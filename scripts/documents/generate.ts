import { createHash } from 'node:crypto';
import {
  buildSchema,
  Kind,
  parse,
  print,
  typeFromAST,
  validate,
  visit,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type OperationDefinitionNode,
} from 'graphql';
import { SelectionTypes } from './selection-type.js';

const BANNER = '// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.\n';

/** File name to content, both for what is read (`NAME.graphql`) and for what is written (`NAME.ts`). */
export type Files = Readonly<Record<string, string>>;

/**
 * The typed modules of the portal's documents: one per operation file, `fragments.ts`, and `manifest.ts` with all texts.
 *
 * @throws Error when a document does not validate against `schemaText`.
 */
export function generate(schemaText: string, documents: Files): Files {
  const schema = buildSchema(schemaText);
  const fragments = new Map(fragmentsOf(documents['fragments.graphql'] ?? '').map((node) => [node.name.value, node]));
  const operations = Object.entries(documents).filter(([file]) => file !== 'fragments.graphql').sort(([one], [other]) => (one < other ? -1 : 1));
  const written: Record<string, string> = {};
  for (const [file, source] of operations) {
    const operation = operationOf(file, source);
    const text = textOf(operation, fragments);
    const faults = validate(schema, parse(text));
    if (faults.length > 0) throw new Error(`${file}: ${faults.map((fault) => fault.message).join(' ')}`);
    const types = new SelectionTypes(schema, fragments);
    const root = schema.getRootType(operation.operation);
    if (!root) throw new Error(`${file}: the schema has no ${operation.operation}.`);
    const data = types.selection(operation.selectionSet, root);
    const variables = (operation.variableDefinitions ?? []).map((definition) => {
      const type = typeFromAST(schema, definition.type as never) as GraphQLInputType;
      const optional = definition.type.kind === Kind.NON_NULL_TYPE ? '' : '?';
      return `readonly ${definition.variable.name.value}${optional}: ${types.input(type)};`;
    });
    written[file.replace('.graphql', '.ts')] = moduleOf(operation, text, data, variables, types.named);
  }
  written['fragments.ts'] = fragmentModule(new SelectionTypes(schema, fragments), schema.getType.bind(schema), fragments);
  written['manifest.ts'] = manifestOf(operations.map(([file, source]) => [file.replace('.graphql', ''), operationOf(file, source)]));
  return written;
}

function moduleOf(operation: OperationDefinitionNode, text: string, data: string, variables: readonly string[], named: ReadonlySet<string>): string {
  const name = operation.name?.value ?? '';
  const imports = named.size === 0 ? '' : `import type { ${[...named].sort().join(', ')} } from './fragments.js';\n`;
  const id = createHash('sha256').update(text).digest('hex');
  return [
    `${BANNER}import type { Document } from './document.js';\n${imports}`,
    `export type ${name}Data = ${unwrapped(data)};\n`,
    `export type ${name}Variables = ${variables.length === 0 ? 'Record<string, never>' : `{ ${variables.join(' ')} }`};\n`,
    `export const ${constant(name)}: Document<${name}Data, ${name}Variables> = {\n  id: '${id}',\n  text: \`${text}\`,\n};\n`,
  ].join('\n');
}

function fragmentModule(types: SelectionTypes, typeNamed: (name: string) => unknown, fragments: ReadonlyMap<string, FragmentDefinitionNode>): string {
  const parts = [...fragments.values()].map((node) => {
    const type = typeNamed(node.typeCondition.name.value) as GraphQLCompositeType;
    return `export type ${node.name.value} = ${unwrapped(types.selection(node.selectionSet, type))};\n`;
  });
  return `${BANNER}\n${parts.join('\n')}`;
}

function manifestOf(operations: readonly (readonly [string, OperationDefinitionNode])[]): string {
  const names = operations.map(([file, operation]) => [file, constant(operation.name?.value ?? '')] as const);
  const imports = names.map(([file, name]) => `import { ${name} } from './${file}.js';`).join('\n');
  const list = names.map(([, name]) => `  ${name},`).join('\n');
  return `${BANNER}${imports}\n\n/** Every operation the portal runs; the platform trusts these texts by their SHA-256. */\nexport const documents = [\n${list}\n] as const;\n`;
}

function fragmentsOf(source: string): FragmentDefinitionNode[] {
  return parse(source).definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
}

function operationOf(file: string, source: string): OperationDefinitionNode {
  const [operation, ...more] = parse(source).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || more.length > 0 || !operation.name) throw new Error(`${file} must hold one named operation.`);
  return operation;
}

/** The operation followed by every fragment it reaches, in order of name, as one canonical text. */
function textOf(operation: OperationDefinitionNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): string {
  const reached = new Map<string, FragmentDefinitionNode>();
  const reach = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || reached.has(name.value)) return;
        reached.set(name.value, fragment);
        reach(fragment);
      },
    });
  };
  reach(operation);
  const used = [...reached.values()].sort((one, other) => (one.name.value < other.name.value ? -1 : 1));
  return [operation, ...used].map((node) => print(node)).join('\n\n');
}

function unwrapped(type: string): string {
  return type.replace(/^\((.*)\)$/s, (whole, inner: string) => (inner.includes(') | (') ? whole : inner));
}

function constant(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}Document`;
}
