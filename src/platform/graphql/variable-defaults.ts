import type { FastifyInstance } from 'fastify';
import { Kind, valueFromASTUntyped, type DocumentNode } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

const known = new WeakMap<DocumentNode, Variables>();

/**
 * The variables sent, and of those left out the values the document itself names for them. Undefined when nothing is
 * left out: then the variables stand as they are.
 */
export function withDefaults(document: DocumentNode, sent: Variables | null | undefined): Record<string, unknown> | undefined {
  const defaults = known.get(document) ?? defaultsOf(document);
  known.set(document, defaults);
  const missing = Object.entries(defaults).filter(([name]) => sent?.[name] === undefined);
  return missing.length === 0 ? undefined : { ...sent, ...Object.fromEntries(missing) };
}

/** As a client would have sent them: the execution coerces them like any others. */
function defaultsOf({ definitions }: DocumentNode): Variables {
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return Object.fromEntries(
    (operation?.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  );
}

/** A compiled document forgets the defaults of its own variables, so they are filled in before it runs, compiled or not. */
export function installVariableDefaults(fastify: FastifyInstance): void {
  fastify.addHook('onReady', (done) => {
    fastify.graphql.addHook('preExecution', (_schema, document, _context, variables) => {
      const filled = withDefaults(document, variables);
      return filled && { variables: filled };
    });
    done();
  });
}
