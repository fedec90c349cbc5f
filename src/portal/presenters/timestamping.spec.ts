import { describe, expect, it } from '@jest/globals';
import { timestampView } from './timestamping.js';

type Timestamping = Parameters<typeof timestampView>[0];

const NEWEST: NonNullable<Timestamping['newest']> = {
  size: 1200,
  at: '2026-06-03T09:30:00.000Z',
  signer: 'CN=Authority',
  serial: '41ab',
  policy: '2.999.3161',
  checkpoint: 'ledger.example\n1200\nroot\n',
  token: Buffer.from('token').toString('base64'),
};
const DATED: Timestamping = {
  standing: 'dated', authority: 'https://time.example/', intervalSeconds: 3600, newest: NEWEST, waiting: 0, waitsSince: null, debtSeconds: 0, failingSince: null, message: null,
};

const view = (change: Partial<Timestamping> = {}) => timestampView({ ...DATED, ...change });

describe('the timestamps of the ledger in words', () => {
  it('says how often and shows the newest with both files it takes to verify it', () => {
    const shown = view();
    expect(shown).toMatchObject({ warns: false, sentences: ['An independent authority dates a checkpoint at most 60 minutes after new entries.'] });
    expect(shown.rows).toContainEqual({ key: { text: 'Entries dated' }, value: { text: '1,200', classes: 'app-break' } });
    expect(shown.rows).toContainEqual({ key: { text: 'By' }, value: { text: 'CN=Authority', classes: 'app-break' } });
    const [token, checkpoint] = shown.files;
    expect(token).toMatchObject({ name: 'ledger-1200.tst', href: `data:application/timestamp-token;base64,${NEWEST.token}` });
    expect(Buffer.from(checkpoint?.href.split('base64,')[1] ?? '', 'base64').toString()).toBe(NEWEST.checkpoint);
  });

  it('says that the first is on its way', () => {
    expect(view({ newest: null })).toEqual({ warns: false, sentences: ['The first checkpoint is dated within moments.'], rows: [], files: [] });
  });

  it('warns of what waits, since when, and why', () => {
    const owing = { standing: 'debt', waiting: 3, waitsSince: '2026-06-03T08:00:00.000Z', debtSeconds: 7300, failingSince: '2026-06-03T08:00:01.000Z', message: 'It answered 500.' } as const;
    const { warns, sentences } = view(owing);
    expect(warns).toBe(true);
    expect(sentences).toEqual([
      expect.stringMatching(/^3 checkpoints wait for a timestamp, since 3 June 2026 at 9:00am \(debt 2 hours\)\. They are dated in their order as soon as the authority answers\.$/),
      'It answered 500.',
    ]);
    expect(view({ ...owing, waiting: 1 }).sentences[0]).toMatch(/^A checkpoint waits for a timestamp/);
    expect(view({ ...owing, waiting: 0, waitsSince: null }).sentences[0]).toMatch(/^The authority has not answered as it should since 3 June 2026/);
  });

  it('warns where nobody dates the ledger, and where the newest does not hold', () => {
    expect(view({ standing: 'none', authority: null, newest: null })).toMatchObject({ warns: true, sentences: [expect.stringContaining('rests on its own clock')] });
    const broken = view({ standing: 'broken', newest: null, message: 'The newest timestamp does not hold. It dates something else.' });
    expect(broken).toMatchObject({ warns: true, rows: [], files: [] });
    expect(broken.sentences).toEqual(['The newest timestamp does not hold. It dates something else.', 'Check the whole ledger: it names every timestamp that does not hold.']);
  });
});
