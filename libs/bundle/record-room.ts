import { eventBody } from '../custody/index.js';
import type { Chain } from './chain-file.js';

/** Octets of one file, and of all files together, that whoever checks a bundle holds of its record; the exhibits are hashed as they are read. */
export const HELD = { oneFile: 16_777_216, all: 67_108_864 } as const;

/** What one event adds at most beside its own words: signature, entry, proof with its cosignatures, and its lines in record, graph and report. */
const EVENT_OCTETS = 12_000;
/** How often an event's own words stand in the record: in the chain, the graph and the report, escaped in two of them. */
const TIMES_TOLD = 6;
/** What one exhibit adds beside its chain. */
const EXHIBIT_OCTETS = 40_000;
/** Keys, and what the bundle says of itself. */
const BESIDE_OCTETS = 1_000_000;
/** How much of it is in the one file that grows most, the graph. */
const GRAPH_SHARE = 0.3;

/**
 * The octets that the record of a bundle of these chains will take at most. It is counted before the bundle is begun: one that is longer
 * than {@link HELD} would be written to its end and found wanting by whoever checks it.
 */
export function recordOctets(chains: readonly Chain[]): number {
  const events = chains.flat().reduce((sum, event) => sum + EVENT_OCTETS + TIMES_TOLD * Buffer.byteLength(eventBody(event)), 0);
  return BESIDE_OCTETS + chains.length * EXHIBIT_OCTETS + events;
}

/** Whether whoever checks a bundle of these chains can hold its record. */
export function fitsVerifier(chains: readonly Chain[]): boolean {
  const octets = recordOctets(chains);
  return octets <= HELD.all && octets * GRAPH_SHARE <= HELD.oneFile;
}
