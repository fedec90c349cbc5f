import { canonicalJson, type Json } from '../kernel/index.js';
import type { Chain } from './chain-file.js';
import { recordedOf, type BundleRecord, type RecordedExhibit, type RecordedThing } from './record.js';

/**
 * Read in CASE 1.4's own ontology: Investigation, ProvenanceRecord with exhibitNumber, InvestigativeAction, and uco-core:object.
 * The rest is written as UCO is generally known; a reader who depends on it should validate the graph first.
 */
const UNCHECKED =
  'Terms of the namespaces uco-observable, uco-identity, uco-action and uco-types are written as generally known and were not validated against the UCO ontology.';

const CONTEXT: Json = {
  kb: 'urn:concordat:',
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'uco-action': 'https://ontology.unifiedcyberontology.org/uco/action/',
  'uco-core': 'https://ontology.unifiedcyberontology.org/uco/core/',
  'uco-identity': 'https://ontology.unifiedcyberontology.org/uco/identity/',
  'uco-observable': 'https://ontology.unifiedcyberontology.org/uco/observable/',
  'uco-types': 'https://ontology.unifiedcyberontology.org/uco/types/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
};

/** The custody record as CASE/UCO JSON-LD. It says nothing that the chains do not: whoever has those can write it again and compare. */
export function caseGraph(record: BundleRecord, chains: readonly Chain[]): string {
  const exhibits = recordedOf(record).map((exhibit, at) => ({ exhibit, chain: chains[at] ?? [] }));
  const people = new Map(chains.flat().map(({ by }) => [by.id, by]));
  const graph: Json[] = [
    {
      '@id': `kb:investigation-${record.id}`,
      '@type': 'case-investigation:Investigation',
      'rdfs:comment': UNCHECKED,
      'uco-core:name': `${record.investigation.reference} ${record.investigation.title}`,
      'case-investigation:focus': record.purpose,
      'uco-core:object': exhibits.map(({ exhibit }) => ({ '@id': provenanceId(exhibit) })),
    },
    ...[...people.values()].map((by) => ({ '@id': `kb:person-${by.id}`, '@type': 'uco-identity:Person', 'uco-core:name': `${by.name}, ${by.agencyName}` })),
    ...exhibits.flatMap(({ exhibit, chain }) => [provenance(exhibit), 'sha256' in exhibit ? observable(exhibit as RecordedExhibit) : thing(exhibit), ...chain.map((event) => action(exhibit, event))]),
  ];
  return `${canonicalJson({ '@context': CONTEXT, '@graph': graph })}\n`;
}

function provenanceId({ id }: RecordedThing): string {
  return `kb:provenance-${id}`;
}

function provenance(exhibit: RecordedThing): Json {
  return {
    '@id': provenanceId(exhibit),
    '@type': 'case-investigation:ProvenanceRecord',
    'uco-core:description': exhibit.title,
    'case-investigation:exhibitNumber': exhibit.reference,
    'uco-core:object': [{ '@id': `kb:file-${exhibit.id}` }],
  };
}

/** A thing has no observable of its own in UCO: it is an object with a name. */
function thing({ id, title }: RecordedThing): Json {
  return { '@id': `kb:file-${id}`, '@type': 'uco-core:UcoObject', 'uco-core:name': title };
}

function observable(exhibit: RecordedExhibit): Json {
  return {
    '@id': `kb:file-${exhibit.id}`,
    '@type': 'uco-observable:File',
    'uco-core:hasFacet': [
      { '@id': `kb:file-facet-${exhibit.id}`, '@type': 'uco-observable:FileFacet', 'uco-observable:fileName': exhibit.fileName, 'uco-observable:sizeInBytes': exhibit.size },
      {
        '@id': `kb:content-facet-${exhibit.id}`,
        '@type': 'uco-observable:ContentDataFacet',
        'uco-observable:mimeType': exhibit.mediaType,
        'uco-observable:hash': [
          { '@id': `kb:hash-${exhibit.id}`, '@type': 'uco-types:Hash', 'uco-types:hashMethod': 'SHA256', 'uco-types:hashValue': { '@type': 'xsd:hexBinary', '@value': exhibit.sha256 } },
        ],
      },
    ],
  };
}

function action(exhibit: RecordedThing, event: Chain[number]): Json {
  const passage = [event.from && `from ${event.from}`, event.to && `to ${event.to}`, event.location && `at ${event.location}`, event.reason].filter((part) => part !== undefined && part !== '');
  return {
    '@id': `kb:act-${exhibit.id}-${event.seq}`,
    '@type': 'case-investigation:InvestigativeAction',
    'uco-core:name': event.act,
    'uco-core:description': passage.length === 0 ? undefined : passage.join('; '),
    'uco-action:startTime': { '@type': 'xsd:dateTime', '@value': (event.happenedAt ?? event.at).toISOString() },
    'uco-action:performer': { '@id': `kb:person-${event.by.id}` },
    'uco-action:object': [{ '@id': `kb:file-${exhibit.id}` }],
    'uco-action:result': [{ '@id': provenanceId(exhibit) }],
  };
}
