import type { Chain } from './chain-file.js';
import { BUNDLE_PATHS } from './paths.js';
import { recordedOf, type BundleRecord, type RecordedExhibit, type RecordedThing } from './record.js';

/** One part of the report: a heading, sentences, and what is said of what. */
export interface ReportPart {
  readonly heading: string;
  readonly sentences: readonly string[];
  readonly rows: readonly (readonly [label: string, value: string])[];
}

/** The report for a person to read. Both its printed forms are made of it, so that they say the same. */
export interface Report {
  readonly title: string;
  readonly marking: string;
  readonly parts: readonly ReportPart[];
}

/** What a bundle is, what is in it, and what happened to each exhibit. It says nothing that the record and the chains do not. */
export function reportOf(record: BundleRecord, chains: readonly Chain[]): Report {
  return {
    title: `Court bundle: ${record.investigation.reference} ${record.investigation.title}`,
    marking: record.marking,
    parts: [about(record), toCheck(), ...record.exhibits.flatMap((exhibit, at) => [ofExhibit(exhibit), ofCustody(exhibit, chains[at] ?? [])]),
      ...record.things.flatMap((thing, at) => [ofThing(thing), ofCustody(thing, chains[record.exhibits.length + at] ?? [])])],
  };
}

function about(record: BundleRecord): ReportPart {
  const { madeBy } = record;
  return {
    heading: 'This bundle',
    sentences: [
      `It holds ${record.exhibits.length === 1 ? 'one exhibit' : `${record.exhibits.length} exhibits`}, each as the bytes that were deposited.`,
      ...(record.things.length === 0 ? [] : [`It says who had ${record.things.length === 1 ? 'one physical exhibit' : `${record.things.length} physical exhibits`}: of a thing there is its custody and nothing else.`]),
    ],
    rows: [
      ['Made by', `${madeBy.name}, ${madeBy.agency}`],
      ['Made at', moment(record.madeAt)],
      ['For', record.recipients],
      ['Why', record.reason],
      ['Purpose', record.purpose],
      ...(record.clause === null ? [] : [['Disclosed under', record.clause] as const]),
      ['Investigation', `${record.investigation.reference} ${record.investigation.title}`],
      ['Exhibits', recordedOf(record).map(({ reference }) => reference).join(', ')],
      ['Ledger', record.ledger],
      ['Bundle', record.id],
    ],
  };
}

function toCheck(): ReportPart {
  return {
    heading: 'How to check it',
    sentences: [
      'This report is for reading. What can be proven is proven by checking the bundle itself, as the one file you were given.',
      'Run concordat-verify on it, or open a copy of the page ' + BUNDLE_PATHS.page + ' that you have from somebody you trust and choose the file. Neither needs a network.',
      'Give either the public key of the ledger, which you have from the agency and not from this bundle, and the list of witnesses you trust.',
      'Any tool that reads BagIt (RFC 8493) checks the files against their manifests.',
    ],
    rows: [],
  };
}

function ofExhibit(exhibit: RecordedExhibit): ReportPart {
  return {
    heading: `Exhibit ${exhibit.reference}`,
    sentences: exhibit.description === '' ? [] : [exhibit.description],
    rows: [
      ['Title', exhibit.title],
      ['Marking', exhibit.marking],
      ['Produced by', `${exhibit.producer}, ${exhibit.agency}`],
      ['Deposited', moment(exhibit.depositedAt)],
      ['File in this bundle', exhibit.path],
      ['Its name when deposited', exhibit.fileName],
      ['Kind of file', exhibit.mediaType],
      ['Size', `${exhibit.size} bytes`],
      ['SHA-256', exhibit.sha256],
    ],
  };
}

function ofThing(thing: RecordedThing): ReportPart {
  return {
    heading: `Physical exhibit ${thing.reference}`,
    sentences: thing.description === '' ? [] : [thing.description],
    rows: [
      ['Title', thing.title],
      ['Marking', thing.marking],
      ['Produced by', `${thing.producer}, ${thing.agency}`],
      ['Recorded', moment(thing.depositedAt)],
    ],
  };
}

function ofCustody(exhibit: RecordedThing, chain: Chain): ReportPart {
  const proven = new Set(exhibit.entries.filter(({ proof }) => proof !== null).map(({ seq }) => seq));
  return {
    heading: `Custody of ${exhibit.reference}`,
    sentences: [`${chain.length === 1 ? 'One event' : `${chain.length} events`}. The last has the hash ${exhibit.custody.head}.`],
    rows: chain.map((event) => [`${event.seq}. ${moment((event.happenedAt ?? event.at).toISOString())}`, `${wordsOf(event)}${proven.has(event.seq) ? ' (in the ledger)' : ''}`]),
  };
}

function wordsOf(event: Chain[number]): string {
  const sentence = event.act.charAt(0).toUpperCase() + event.act.slice(1).replaceAll('-', ' ');
  const said: readonly (string | undefined)[] = [
    `${sentence} by ${event.doneBy ?? event.by.name}, ${event.by.agencyName}`,
    event.doneBy && `recorded by ${event.by.name}`,
    event.from && `from ${event.from}`,
    event.to && `to ${event.to}`,
    event.location && `at ${event.location}`,
    event.sealBefore && `seal before ${event.sealBefore}`,
    event.sealAfter && `seal after ${event.sealAfter}`,
    event.about && `see ${event.about}`,
    event.reason,
  ];
  return said.filter((part) => part !== undefined && part !== '').join('; ');
}

/** `2026-11-30T15:20:00.000Z` as a reader takes it: in universal time, because that is what was hashed. */
function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}
