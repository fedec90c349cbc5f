/** The PostgreSQL channel every API process listens on. */
export const LIVE_CHANNEL = 'concordat_live';

/** Something changed. Ids only: a listener that may not see the thing learns nothing, because it asks again for itself. */
export interface LiveSignal {
  readonly kind: 'alert' | 'workspace' | 'session-ended' | 'person-disabled' | 'ledger';
  readonly ids: Readonly<Record<string, string>>;
}
