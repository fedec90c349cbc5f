import { BUNDLE_PATHS, caseGraph, reportHtml, reportOf, type BundleRecord, type Chain } from '../../bundle/index.js';
import { proven, refuted, type Finding } from '../findings.js';
import { open } from './check-record.js';
import { textOf } from './held-text.js';
import type { BundleRead } from './read-bundle.js';

/** Whether what is there to be read says what the record and the chains say: both are written again and compared. */
export function checkDerived(read: BundleRead, record: BundleRecord, chains: readonly Chain[]): readonly Finding[] {
  const draft = { ...record, files: [] };
  const again: readonly (readonly [path: string, text: string])[] = [
    [BUNDLE_PATHS.html, reportHtml(reportOf(draft, chains))],
    [BUNDLE_PATHS.graph, caseGraph(draft, chains)],
  ];
  const findings = again.map(([path, text]) =>
    textOf(read, path) === text ? proven('derived', `${path} says what the record and the chains of custody say, and nothing else.`) : refuted({ code: 'forged', message: `${path} does not say what the record and the chains of custody say: it was forged, or made by another version` }),
  );
  return [...findings, open('pdf', `What ${BUNDLE_PATHS.pdf} says: it is signed for like every file, but only ${BUNDLE_PATHS.html} can be written again and compared.`)];
}

/** What no bundle can show, however whole it is. */
export const NEVER_SHOWN: readonly Finding[] = [
  open('words', 'That what an event says is what happened: it is what the person it names recorded.'),
  open('later', 'That nothing happened to an exhibit afterwards: a bundle says how things stood when it was made.'),
  open('page', `That ${BUNDLE_PATHS.page} inside the bundle is honest: whoever forges a bundle can forge it. Check with one that you have from somebody you trust.`),
];
