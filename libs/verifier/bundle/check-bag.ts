import { printable } from '../../archive/index.js';
import { ALGORITHMS, BAGIT_TXT, BUNDLE_PATHS, bagInfoOf, bagInfoText, isPayload, isTagManifest, manifestText, type BagFile, type BundleRecord } from '../../bundle/index.js';
import { proven, refuted, type Finding } from '../findings.js';
import { textOf } from './held-text.js';
import type { BundleRead } from './read-bundle.js';

/** Holds the files against the four manifests of the bag (RFC 8493 section 3), and the bag against what every bag says. */
export function checkBag(read: BundleRead, record: BundleRecord | undefined): readonly Finding[] {
  const files = [...read.files.values()];
  const payload = files.filter(({ path }) => isPayload(path));
  const tags = files.filter(({ path }) => !isPayload(path) && !isTagManifest(path));
  const wrong = [
    ...(textOf(read, BUNDLE_PATHS.bagit) === BAGIT_TXT ? [] : [refuted({ code: 'bagit', message: `${BUNDLE_PATHS.bagit} is missing or was altered` })]),
    ...ALGORITHMS.flatMap((algorithm) => [
      ...manifestFaults(read, `manifest-${algorithm}.txt`, manifestText(payload, algorithm)),
      ...manifestFaults(read, `tagmanifest-${algorithm}.txt`, manifestText(tags, algorithm)),
    ]),
    ...infoFaults(read, payload, record),
  ];
  const many = `All ${files.length} files are there and no other, each with the SHA-256 and the SHA-512 that the manifests of the bag (RFC 8493) say.`;
  return wrong.length === 0 ? [proven('bag', many)] : wrong;
}

function infoFaults(read: BundleRead, payload: readonly BagFile[], record: BundleRecord | undefined): readonly Finding[] {
  if (record === undefined || textOf(read, BUNDLE_PATHS.info) === bagInfoText(payload, bagInfoOf(record))) return [];
  return [refuted({ code: 'bag-info', message: `${BUNDLE_PATHS.info} is missing, was altered, or counts other files than there are` })];
}

/** What a manifest says, held against what it would say of the files that are there. */
function manifestFaults(read: BundleRead, path: string, expected: string): readonly Finding[] {
  const text = textOf(read, path);
  if (text === undefined) return [refuted({ code: 'manifest-missing', message: `${path} is missing` })];
  if (text === expected) return [];
  const [said, there] = [linesOf(text), linesOf(expected)];
  const faults = [
    ...[...said].flatMap(([name, hash]) => {
      const actual = there.get(name);
      if (actual === undefined) return [refuted({ code: 'file-missing', message: `${printable(name)} is missing: ${path} lists it` })];
      return actual === hash ? [] : [refuted({ code: 'file-altered', message: `${printable(name)} was altered: it does not have the hash that ${path} says` })];
    }),
    ...[...there.keys()].filter((name) => !said.has(name)).map((name) => refuted({ code: 'file-added', message: `${printable(name)} was added: ${path} does not list it` })),
  ];
  return faults.length > 0 ? faults : [refuted({ code: 'manifest-altered', message: `${path} is not in its one spelling` })];
}

function linesOf(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(line.indexOf('  ') + 2), line.slice(0, Math.max(0, line.indexOf('  ')))]));
}
