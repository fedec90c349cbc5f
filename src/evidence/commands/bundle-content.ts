import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { writeBundle, type BundledEntry, type BundledExhibit, type BundledThing, type Chain, type Report } from '../../../libs/bundle/index.js';
import { must } from '../../../libs/kernel/index.js';
import { ed25519Signer, signNote } from '../../../libs/note/index.js';
import { CustodyProofs } from '../../ledger/index.js';
import { CONFIG, type ActContext, type Config } from '../../platform/index.js';
import { checkPage } from '../domain/check-page.js';
import type { BundleRow, BundleThingRow } from '../store/bundle-rows.js';
import { DrawReport } from './draw-report.js';
import { OpenExhibit, type Admitted } from './open-exhibit.js';

/** What is to go into a bundle, for whom and why. */
export interface BundleRequest {
  /** Attacker-controlled, as everything here. */
  readonly workspaceId: string;
  /** Ids of the exhibits; undefined: every one the person sees. */
  readonly exhibits: readonly string[] | undefined;
  readonly recipients: string;
  readonly reason: string;
}

/** All that was settled, and is committed, before the first byte of a bundle leaves. */
export interface BundleSubject {
  readonly id: string;
  readonly at: Date;
  readonly madeBy: { readonly name: string; readonly agency: string };
  readonly request: BundleRequest;
  readonly purpose: string;
  readonly clause: string | null;
  readonly investigation: { readonly reference: string; readonly title: string };
  readonly marking: string;
  readonly exhibits: readonly { readonly row: BundleRow; readonly admitted: Admitted | undefined; readonly marking: string; readonly chain: Chain }[];
  /** Physical exhibits, by their custody alone. */
  readonly things: readonly { readonly row: BundleThingRow; readonly marking: string; readonly chain: Chain }[];
  readonly keys: readonly { readonly fingerprint: string; readonly publicKey: Buffer }[];
}

/** The bytes of a bundle, as they are read: no exhibit is ever held, or written anywhere, in the clear. */
@Injectable()
export class BundleContent {
  constructor(
    private readonly opening: OpenExhibit,
    private readonly proofs: CustodyProofs,
    private readonly drawing: DrawReport,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Ends with a fault where an exhibit is not what was deposited: nobody takes a part for the whole. */
  async *octets(context: ActContext, subject: BundleSubject): AsyncGenerator<Uint8Array> {
    const { id, at, madeBy, request, purpose, clause, investigation, marking, keys } = subject;
    yield* writeBundle({
      id, madeBy, purpose, clause, investigation, marking, keys,
      madeAt: at.toISOString(),
      recipients: request.recipients,
      reason: request.reason,
      ledger: this.config.keys.ledgerOrigin,
      exhibits: subject.exhibits.map((exhibit) => this.exhibit(exhibit)),
      things: subject.things.map(({ row, marking: marked, chain }) => ({ ...thingOf(row), marking: marked, chain })),
      entries: () => this.entries(context, subject),
      ledgerKey: this.proofs.verifierKey,
      witnesses: this.config.witnesses.policy ?? '',
      pdf: (report: Report) => this.drawing.execute(report),
      page: await readFile(checkPage()),
      sign: (text) => must(signNote(text, [must(ed25519Signer(this.config.keys.ledgerOrigin, createPrivateKey(this.config.keys.ledgerSigningKey)))])),
    });
  }

  private exhibit({ row, admitted, marking, chain }: BundleSubject['exhibits'][number]): BundledExhibit {
    const { fileName, mediaType, size, sha256 } = row;
    return {
      ...thingOf(row), fileName, mediaType, size, sha256, marking, chain,
      octets: () => this.bytes(admitted),
    };
  }

  private async *bytes(admitted: Admitted | undefined): AsyncGenerator<Uint8Array> {
    const opened = admitted && (await this.opening.read(admitted, { as: 'file', range: undefined }));
    if (opened?.ok !== true || opened.value === 'unsatisfiable') throw new Error('An exhibit of a bundle is not what was deposited.');
    try {
      yield* opened.value.octets();
    } finally {
      await opened.value.close();
    }
  }

  private async entries(context: ActContext, { exhibits, things }: BundleSubject): Promise<readonly BundledEntry[]> {
    const all = [...exhibits, ...things];
    const events = new Map(all.flatMap(({ row, chain }) => chain.map(({ seq, hash }) => [hash, { exhibit: row.id, seq }] as const)));
    const found = await this.proofs.of(context, all.map(({ row }) => row.id));
    // Whatever happened to an exhibit since the bundle was begun is not in its chain, and not in the bundle.
    return found.flatMap(({ custody, leaf, proof, entry }) => {
      const event = events.get(custody);
      return event === undefined ? [] : [{ ...event, leaf, proof, entry }];
    });
  }
}

function thingOf({ id, reference, title, description, producer, depositedAt, originator }: BundleThingRow): Omit<BundledThing, 'marking' | 'chain'> {
  return { id, reference, title, description, producer, agency: originator.name, depositedAt: depositedAt.toISOString() };
}
