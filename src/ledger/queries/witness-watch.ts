import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/index.js';
import { ledgerWitnesses, type LedgerWitnesses } from '../domain/ledger-witnesses.js';

/** One statement, on whatever connection the caller is at. */
type Ask = (text: string, parameters: readonly unknown[]) => Promise<readonly WatchedRow[]>;

type WatchedRow = Readonly<Record<'beat' | 'answering' | 'conflicts', string>> & { readonly debt_seconds: number };

/** How the ledger stands with its witnesses, as far as a process that does not ask them can tell. */
export interface Watched {
  /** For how long it has gone without enough cosignatures, in seconds. */
  readonly debtSeconds: number;
  /** Seconds since the process that asks the witnesses gave a sign of life. */
  readonly silentSeconds: number;
  /** Witnesses of the policy that cosign. */
  readonly answering: number;
  /** Checkpoints found that contradict the ledger. */
  readonly conflicts: number;
}

/**
 * Watches whoever asks the witnesses. What the worker notes as debt counts from there on by this process's own clock, which
 * only goes forward: a worker that was stopped must not stop the debt, and a clock that is set must not make any.
 */
@Injectable()
export class WitnessWatch {
  readonly witnesses: LedgerWitnesses | undefined;
  private beat: string | undefined;
  private heardAt = seconds();

  constructor(@Inject(CONFIG) config: Config) {
    this.witnesses = ledgerWitnesses(config.witnesses);
  }

  /** Looks once; undefined when the ledger has no witnesses. */
  async look(ask: Ask): Promise<Watched | undefined> {
    if (this.witnesses === undefined) return undefined;
    const keys = this.witnesses.policy.listed.map(({ keyText }) => keyText);
    const [row] = await ask('SELECT beat, debt_seconds, answering, conflicts FROM watch_witnesses($1)', [keys]);
    if (row === undefined) throw new Error('The database does not tell how the witnesses answer');
    if (row.beat !== this.beat) this.heardAt = seconds();
    this.beat = row.beat;
    const silentSeconds = seconds() - this.heardAt;
    return { debtSeconds: row.debt_seconds + silentSeconds, silentSeconds, answering: Number(row.answering), conflicts: Number(row.conflicts) };
  }
}

function seconds(): number {
  return performance.now() / 1000;
}
