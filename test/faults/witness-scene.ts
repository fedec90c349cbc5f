import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../scripts/postgres/free-port.js';
import { ledgerKey } from '../../src/ledger/domain/ledger-key.js';
import { projectFolder } from '../../src/platform/config/index.js';
import type { Visitor } from '../builders/visitor.js';
import { TestWitness, type RunningWitness } from '../builders/witness.js';

/** The key the demonstration's ledger signs with: everybody has it, so the tests can do what an operator could. */
export const LEDGER_PEM = readFileSync(join(projectFolder(), 'keys-example', 'ledger.key.pem'), 'utf8');
export const LEDGER = ledgerKey(createPrivateKey(LEDGER_PEM).export({ type: 'pkcs8', format: 'pem' }).toString(), 'demonstration.concordat.example/ledger');

/** A witness with a place of its own that keeps its port when it is started again. */
export class PlacedWitness {
  private running: RunningWitness | undefined;

  private constructor(
    readonly witness: TestWitness,
    readonly port: number,
  ) {}

  static async start(name: string): Promise<PlacedWitness> {
    const placed = new PlacedWitness(await TestWitness.make(name), await freePort());
    await placed.start();
    return placed;
  }

  async start(): Promise<void> {
    this.running = await this.witness.startAt(this.port, { origin: LEDGER.origin, verifierKey: LEDGER.verifierKey });
  }

  async stop(): Promise<void> {
    await this.running?.child.stop();
    this.running = undefined;
  }

  async end(): Promise<void> {
    await this.stop();
    this.witness.remove();
  }
}

/** A policy of these witnesses, of whom `needed` are enough. */
export function policyText(needed: number, witnesses: readonly { readonly verifierKey: string; readonly url: string }[]): string {
  const lines = witnesses.map(({ verifierKey, url }, at) => `witness w${at} ${verifierKey} ${url}`);
  return [`log ${LEDGER.verifierKey}`, ...lines, `group all ${needed} ${witnesses.map((_, at) => `w${at}`).join(' ')}`, 'quorum all', ''].join('\n');
}

/** Where a placed witness is asked. */
export function listed({ witness, port }: PlacedWitness): { readonly verifierKey: string; readonly url: string } {
  return { verifierKey: witness.verifierKey, url: `http://127.0.0.1:${port}` };
}

/** The standing as an auditor asks for it. */
export interface Standing {
  readonly standing: string;
  readonly writingStopped: boolean;
  readonly total: number;
  readonly answering: number;
  readonly cosignedSize: number;
  readonly cosignedBy: number;
  readonly witnesses: readonly { readonly name: string; readonly answer: string; readonly message: string | null; readonly size: number }[];
  readonly conflicts: readonly { readonly witness: string; readonly kind: string; readonly theirs: string; readonly theirsSize: number }[];
}

const STANDING = `{ ledgerHead { size } ledgerWitnessing { standing writingStopped total answering cosignedSize cosignedBy
  witnesses { name answer message size } conflicts { witness kind theirs theirsSize } } }`;

/** Beside it something is asked for that is recorded each time, so that there is always more for the witnesses to cosign. */
export async function standingOf(auditor: Visitor): Promise<Standing> {
  return (await auditor.ask<{ ledgerWitnessing: Standing }>(STANDING)).ledgerWitnessing;
}

/** What the banner of an auditor's page says, without its markup. */
export async function bannerOf(auditor: Visitor, path = '/audit'): Promise<string> {
  const page = await (await auditor.fetch(path)).text();
  const section = /<section class="app-witnesses[^]*?<\/section>/.exec(page)?.[0] ?? '';
  return section.replaceAll(/<[^>]+>/g, ' ').replaceAll('&#39;', "'").replaceAll(/\s+/g, ' ');
}
