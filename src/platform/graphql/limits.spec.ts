import { describe, expect, it } from '@jest/globals';
import { buildSchema, getIntrospectionQuery, parse as parseQuery, specifiedRules, validate } from 'graphql';
import { costRule, QUERY_LIMITS } from './limits.js';

const schema = buildSchema('type Query { self: Query! name: String! }');

function faults(query: string): readonly string[] {
  return validate(schema, parseQuery(query), [costRule]).map((fault) => fault.message);
}

const nested = (depth: number): string => (depth === 1 ? '{ name }' : `{ self ${nested(depth - 1)} }`);

describe('what one operation may cost', () => {
  it('takes a query at each limit and refuses one beyond it', () => {
    expect(faults(nested(QUERY_LIMITS.depth))).toEqual([]);
    expect(faults(nested(QUERY_LIMITS.depth + 1))[0]).toMatch(/too deep/);
    const aliases = (count: number): string => `{ self { ${Array.from({ length: count }, (_, n) => `a${n}: name`).join(' ')} } }`;
    expect(faults(aliases(QUERY_LIMITS.aliases))).toEqual([]);
    expect(faults(aliases(QUERY_LIMITS.aliases + 1))[0]).toMatch(/too many aliases/);
    const roots = (count: number): string => `{ ${'name '.repeat(count)} }`;
    expect(faults(roots(QUERY_LIMITS.rootFields))).toEqual([]);
    expect(faults(roots(QUERY_LIMITS.rootFields + 1))[0]).toMatch(/too much at once/);
    expect(faults(`{ self { ${'name '.repeat(QUERY_LIMITS.fields - 1)} } }`)).toEqual([]);
    expect(faults(`{ self { ${'name '.repeat(QUERY_LIMITS.fields)} } }`)[0]).toMatch(/too large/);
  });

  it('finds the fields of the top level inside fragments too', () => {
    const fields = 'name '.repeat(QUERY_LIMITS.rootFields + 1);
    expect(faults(`{ ...All } fragment All on Query { ${fields} }`)[0]).toMatch(/too much at once/);
    expect(faults(`{ ... on Query { ${fields} } }`)[0]).toMatch(/too much at once/);
    expect(faults(`{ ...All } fragment All on Query { name }`)).toEqual([]);
  });

  it('is asked for one operation at a time', () => {
    expect(faults('query A { name } query B { self { name } }')).toEqual(['Send one operation at a time.']);
  });

  it('counts a fragment each time it is spread: doubling fragments would never finish if they were walked, and are refused', () => {
    const doubling = Array.from({ length: 40 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(' ');
    expect(faults(`{ ...F0 } ${doubling} fragment F40 on Query { name }`)[0]).toMatch(/too large/);
  });

  it('takes the query every tool reads a schema with, and leaves an endless one to the rule of GraphQL itself', () => {
    expect(faults(getIntrospectionQuery())).toEqual([]);
    const endless = `{ __schema { types { ${'fields { type { '.repeat(9)} name ${'} } '.repeat(9)} } } }`;
    expect(validate(schema, parseQuery(endless), [...specifiedRules, costRule])[0]?.message).toMatch(/introspection depth/i);
  });

  it('does not loop on fragments that spread each other: GraphQL refuses the cycle itself', () => {
    expect(() => faults('{ ...A } fragment A on Query { self { ...B } } fragment B on Query { self { ...A } }')).not.toThrow();
  });
});
