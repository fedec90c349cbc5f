import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide } from './decide.js';
import { POLICY_VERSION } from './policy-version.js';
import { VERBS, type Verb } from './verbs.js';
import { arbitraryActor, arbitraryFacts } from './worlds.builder.js';

/** The same circumstances in every run. */
const CIRCUMSTANCES = fc.sample(fc.tuple(arbitraryActor, arbitraryFacts), { seed: 20261128, numRuns: 2_000 });

function decisionsOf(verb: Verb): string {
  const decided = CIRCUMSTANCES.map(([actor, facts]) => decide(actor, verb, facts)).map(({ effect, reasons }) => [effect, ...reasons]);
  return createHash('sha256').update(JSON.stringify(decided)).digest('hex').slice(0, 16);
}

describe('the version of the policy', () => {
  it('is the one under which these decisions are taken: if one has changed on purpose, raise it and write down the new ones', () => {
    const decisions = Object.fromEntries((Object.keys(VERBS) as Verb[]).map((verb) => [verb, decisionsOf(verb)]));
    // A verb that is new changes no decision an older entry speaks of.
    expect({ version: POLICY_VERSION, decisions }).toMatchObject(DECIDED);
  });
});

const DECIDED = {
  version: '2026-12-01.1',
  decisions: {
    'page.public': '40dd423829657d5e',
    'page.read': '8cbf21c4deb85ec4',
    'agency.list': '40dd423829657d5e',
    'session.read': '40dd423829657d5e',
    'session.sign-in': '40dd423829657d5e',
    'session.sign-out': '40dd423829657d5e',
    'session.end': '106dd4514113f4ec',
    'person.disable': '106dd4514113f4ec',
    'agency.import': 'e3f9d0d6bc5db63c',
    'idp.import': '106dd4514113f4ec',
    'idp.read': '331891f9231f1bc9',
    'agreement.list': '61c9835693ae3f9e',
    'agreement.sign': '106dd4514113f4ec',
    'workspace.list': '5ef88be142a4947f',
    'workspace.open': '90f936175e132f82',
    'workspace.read': '24199c6870d5723d',
    'workspace.search': '5ef88be142a4947f',
    'member.invite': '1840d9681644be64',
    'item.read': '4782066843092f65',
    'note.add': '46497c369c0ee6ff',
    'record.save': '8c596346a12aaaa9',
    'record.read': '4782066843092f65',
    'finding.record': 'ca50e1524be181cd',
    'exhibit.request-upload': '4d87a467b0fd8c4e',
    'exhibit.deposit': '4d87a467b0fd8c4e',
    'exhibit.read': '4782066843092f65',
    'exhibit.open': '4782066843092f65',
    'alert.raise': 'e3f9d0d6bc5db63c',
    'alert.send': 'e3f9d0d6bc5db63c',
    'alert.read': '8902177d04378732',
    'alert.acknowledge': 'c9556ea437ffda2f',
    'live.listen': '8cbf21c4deb85ec4',
    'access-log.read': 'f514f11da2535449',
    'ledger.search': 'eaab5211f5b0c266',
    'ledger.read': 'eaab5211f5b0c266',
    'ledger.check': 'eaab5211f5b0c266',
    'ledger.prove': 'eaab5211f5b0c266',
    'operations.health': '40dd423829657d5e',
    'operations.metrics': '40dd423829657d5e',
  },
};
