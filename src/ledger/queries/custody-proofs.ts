import { Inject, Injectable } from '@nestjs/common';
import { formatEntryFile, leafHashOf } from '../../../libs/verifier/index.js';
import { CONFIG, UnitOfWork, type ActContext, type Config, type Work } from '../../platform/index.js';
import { ledgerKey } from '../domain/ledger-key.js';
import { workConnection } from '../store/connection.js';
import { countUnsigned, readAllCustody, readOwnCustody } from '../store/custody-entry-rows.js';
import { readingAll } from './auditor-reading.js';
import { proveEntry } from './prove-entry.js';

/** The entry that records one event of custody, as it may be handed to this reader, with its proof. */
export interface CustodyProof {
  /** Hash of the event. */
  readonly custody: string;
  /** Base64 of the leaf hash. */
  readonly leaf: string;
  /** Null while no signed state of the ledger has it. */
  readonly proof: string | null;
  /** The entry itself as a file; null where row-level security does not show it to the reader, who then has its leaf alone. */
  readonly entry: string | null;
}

/** How long the ledger is given to sign for what was recorded a moment ago, and how often it is looked. */
const PATIENCE_MS = 4_000;
const LOOK_MS = 250;

/** What the ledger says of the custody of exhibits that a reader was let at, for somebody outside to check. */
@Injectable()
export class CustodyProofs {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The ledger's public key as text. */
  get verifierKey(): string {
    return ledgerKey(this.config.keys.ledgerSigningKey, this.config.keys.ledgerOrigin).verifierKey;
  }

  /**
   * The entries of these items that name an event of custody. Whether the reader may open the items is for the caller to have
   * decided; what an entry says she gets only where row-level security shows it to her.
   */
  async of(context: ActContext, items: readonly string[]): Promise<readonly CustodyProof[]> {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until && (await this.isUnsigned(context, items))) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    return this.unitOfWork.run(context, (work) => this.read(work, items), 'steadily');
  }

  private isUnsigned(context: ActContext, items: readonly string[]): Promise<boolean> {
    return this.unitOfWork.run(context, (work) => readingAll(work, async () => (await countUnsigned(workConnection(work), items)) > 0));
  }

  private async read(work: Work, items: readonly string[]): Promise<readonly CustodyProof[]> {
    const connection = workConnection(work);
    const own = new Map((await readOwnCustody(connection, items)).map(({ id, salt, body }) => [id, { salt: new Uint8Array(salt), body }]));
    return readingAll(work, async () => {
      const proofs: CustodyProof[] = [];
      for (const { id, custody, leaf, index } of await readAllCustody(connection, items)) {
        const shown = own.get(id);
        // What does not hash to its leaf is not handed out as if it did; whoever checks the ledger finds it.
        const isWhole = shown !== undefined && Buffer.from(leafHashOf(shown)).equals(leaf);
        const proof = index === null ? null : ((await proveEntry(connection, Number(index))) ?? null);
        proofs.push({ custody, leaf: leaf.toString('base64'), proof, entry: isWhole ? formatEntryFile(shown) : null });
      }
      return proofs;
    });
  }
}
