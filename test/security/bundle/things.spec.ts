import { beforeAll, describe, expect, it } from '@jest/globals';
import { writeBundle } from '../../../libs/bundle/index.js';
import { CustodyAct } from '../../../libs/custody/index.js';
import { linesOf, verifyBundle, type BundleVerdict } from '../../../libs/verifier/index.js';
import { courtBundle, gathered, inMemory, type CourtBundle } from '../../builders/court-bundle.js';

const FILE = { reference: 'AR/1', fileName: 'a.txt', content: Buffer.from('x'), acts: [CustodyAct.Deposited] };
const KNIFE = { reference: 'AR/2', fileName: '', content: Buffer.of(), acts: [CustodyAct.Seized, CustodyAct.Examined, CustodyAct.Examined] };

describe('a physical exhibit in a bundle', () => {
  let bundle: CourtBundle;

  beforeAll(async () => {
    bundle = await courtBundle({ given: [FILE], things: [KNIFE] });
  });

  /** The bundle made again by somebody who has the ledger's key, and says something else of its things. */
  async function forged(things: CourtBundle['parts']['things']): Promise<BundleVerdict> {
    return verifyBundle(inMemory(await gathered(writeBundle({ ...bundle.parts, things, entries: () => Promise.resolve([]) }))), bundle.trust);
  }

  const wrong = ({ findings }: BundleVerdict): string[] => findings.flatMap(({ state, code }) => (state === 'refuted' ? [code] : []));

  it('is proven by its chain, and what no bundle can show of a thing is said', async () => {
    const verdict = await verifyBundle(inMemory(bundle.octets), bundle.trust);
    expect([verdict.holds, wrong(verdict)]).toEqual([true, []]);
    expect(linesOf(verdict)).toEqual(
      expect.arrayContaining([
        'PROVEN     AR/2: its chain of custody holds, 3 events in order; none was altered, removed, added or moved.',
        expect.stringMatching(/^PROVEN {5}AR\/2: 3 events signed/),
        expect.stringMatching(/^not asked {2}AR\/2: that the thing you are shown is the one these events are of/),
      ]),
    );
  });

  it('is no way to leave out the bytes of a file: an event of a file in its chain is found', async () => {
    const { exhibits, things } = bundle.parts;
    const [file] = exhibits;
    if (file === undefined) throw new Error('There is no file.');
    expect(wrong(await forged([...things, { ...file, reference: 'AR/3' }]))).toContain('thing-is-file');
  });

  it.each<[string, (chain: CourtBundle['parts']['things'][number]['chain']) => CourtBundle['parts']['things'][number]['chain'], string]>([
    ['an event taken out', (chain) => chain.filter(({ seq }) => seq !== 2), 'chain-'],
    ['two events changed about', (chain) => [...chain.slice(0, 1), ...chain.slice(1).toReversed()], 'chain-'],
    ['another place where it was seized', (chain) => chain.map((event) => (event.seq === 1 ? { ...event, location: 'The yard' } : event)), 'chain'],
    ['the signature of another event', (chain) => chain.map((event) => ({ ...event, signature: chain[0]?.signature })), 'chain-'],
  ])('does not hold with %s', async (_, change, code) => {
    const things = bundle.parts.things.map((one) => ({ ...one, chain: change(one.chain) }));
    expect(wrong(await forged(things)).join(' ')).toContain(code);
  });
});
