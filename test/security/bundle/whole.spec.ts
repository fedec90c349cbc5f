import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BUNDLE_PATHS } from '../../../libs/bundle/index.js';
import { conclusionOf, linesOf, verifyBundle } from '../../../libs/verifier/index.js';
import { projectFolder } from '../../../src/platform/config/index.js';
import { courtBundle, inMemory, type CourtBundle } from '../../builders/court-bundle.js';
import { OpenedBundle } from '../../builders/opened-bundle.js';

describe('a bundle as it was made', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bundle-'));
  let bundle: CourtBundle;
  let box: OpenedBundle;
  beforeAll(async () => {
    bundle = await courtBundle();
    box = await OpenedBundle.open(bundle.octets);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function command(octets: Buffer, ...words: readonly string[]): { readonly code: number | null; readonly out: string } {
    writeFileSync(join(folder, 'bundle.zip'), octets);
    writeFileSync(join(folder, 'policy'), bundle.policyText);
    const run = spawnSync(process.execPath, [join(projectFolder(), 'dist', 'libs', 'verifier', 'bin.js'), ...words], { cwd: folder, encoding: 'utf8', env: {} });
    return { code: run.status, out: run.stdout + run.stderr };
  }

  it('holds, and says of everything whether it is proven or cannot be shown', async () => {
    const verdict = await verifyBundle(inMemory(bundle.octets), bundle.trust);
    expect({ holds: verdict.holds, isTrusted: verdict.isTrusted, said: conclusionOf(verdict) }).toEqual({ holds: true, isTrusted: true, said: 'Everything that was asked is proven.' });
    expect(verdict.findings.map(({ state, code }) => `${state} ${code}`)).toEqual([
      'proven bag', 'proven ledger-key', 'proven record', 'proven files',
      'proven exhibit', 'proven chain', 'proven chain-signed', 'proven recorded',
      'proven exhibit', 'proven chain', 'proven chain-signed', 'proven recorded', 'open not-recorded',
      'proven exhibit', 'proven chain', 'proven chain-signed', 'open withheld', 'open not-recorded',
      'proven signed', 'proven witnessed', 'proven derived', 'proven derived', 'open pdf', 'open agency-key', 'open words', 'open later', 'open page',
    ]);
    expect(linesOf(verdict)).toEqual(expect.arrayContaining([
      'PROVEN     AR/1: events 1 to 4 on record in the ledger: entry 53 (event 1), entry 54 (event 3), entry 55 (event 4). An entry names the hash of its event, and an event that of the one before.',
      'not asked  AR/2: that the ledger recorded event 2: the bundle brings no proof of it that can be read.',
      'not asked  PS/1: what is said by entry 58 (event 1). It is in the ledger, but its words were not for whoever had the bundle made.',
    ]));
  });

  it('says what nobody vouches for where no witnesses are trusted, and whose it is where no key is', async () => {
    const unwitnessed = await verifyBundle(inMemory(bundle.octets), { key: bundle.trust.key });
    expect([unwitnessed.holds, linesOf(unwitnessed).find((line) => line.includes('witnesses'))]).toEqual([true, expect.stringContaining('not asked  Whether others were shown the same ledger: you gave no list of witnesses. Whoever operates the portal could keep one ledger for you and another')]);
    const untrusted = await verifyBundle(inMemory(bundle.octets));
    expect([untrusted.holds, untrusted.isTrusted, conclusionOf(untrusted)]).toEqual([true, false, expect.stringContaining('Whose it is was NOT checked')]);
    expect(linesOf(untrusted).find((line) => line.includes('Whose ledger'))).toContain(bundle.verifierKey);
  });

  it('does not hold with any bit of it turned over', async () => {
    const small = await courtBundle({ given: [{ reference: 'AR/1', fileName: 'a.txt', content: Buffer.from('x'), acts: ['deposited'] }] });
    const step = Math.ceil(small.octets.length / 400) * 8 + 3;
    const holding: number[] = [];
    for (let bit = 0; bit < small.octets.length * 8; bit += step) {
      const octets = Buffer.from(small.octets);
      octets[bit >> 3] = (octets[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if ((await verifyBundle(inMemory(octets), small.trust)).holds) holding.push(bit);
    }
    expect(holding).toEqual([]);
  }, 60_000);

  it('gives attacker-chosen words as text and file names as data', () => {
    const html = box.text(BUNDLE_PATHS.html);
    expect(html).toContain('Prosecution of &lt;b&gt;Golden Fork&lt;/b&gt; Ltd');
    expect(html).not.toMatch(/<script|<b>/);
    expect([...box.files.keys()].filter((path) => path.startsWith('data/exhibits/'))).toEqual(['data/exhibits/AR-1/AR-1_x.jpg', 'data/exhibits/AR-2/AR-2_CON', `data/exhibits/PS-1/PS-1_${'a'.repeat(60)}.pdf`]);
    expect(box.recorded().exhibits.map(({ fileName }) => fileName)).toEqual(['../../x.jpg', 'CON', `${'a'.repeat(296)}.pdf`]);
  });

  it('tells its custody in CASE terms, each act with its exhibit and person', () => {
    const { '@graph': graph } = JSON.parse(box.text(BUNDLE_PATHS.graph)) as { '@graph': { readonly '@type': string; readonly [term: string]: unknown }[] };
    const ofType = (type: string): readonly (typeof graph)[number][] => graph.filter((node) => node['@type'] === type);
    expect(ofType('case-investigation:ProvenanceRecord').map((node) => node['case-investigation:exhibitNumber'])).toEqual(['AR/1', 'AR/2', 'PS/1']);
    expect(ofType('case-investigation:InvestigativeAction').map((node) => node['uco-core:name'])).toEqual(['deposited', 'shared', 'opened', 'opened', 'deposited', 'opened', 'deposited']);
    expect(ofType('case-investigation:Investigation')[0]?.['rdfs:comment']).toContain('were not validated');
  });

  it('is checked by the command, line by line, with an exit code for each outcome', async () => {
    const verdict = await verifyBundle(inMemory(bundle.octets), bundle.trust);
    const lines = [...linesOf(verdict), '', 'Everything that was asked is proven.', ''].join('\n');
    expect(command(bundle.octets, '--key', bundle.verifierKey, '--policy', 'policy', 'bundle.zip')).toEqual({ code: 0, out: lines });
    expect(command(bundle.octets, 'bundle.zip')).toMatchObject({ code: 3 });
    expect(command(bundle.octets.subarray(5), '--key', bundle.verifierKey, 'bundle.zip')).toMatchObject({ code: 1, out: expect.stringContaining('NOT PROVEN This is not a whole bundle') });
    expect(JSON.parse(command(bundle.octets, '--json', '--key', bundle.verifierKey, 'bundle.zip').out)).toMatchObject({ holds: true, isTrusted: true });
    expect(command(bundle.octets, '--key', bundle.verifierKey, 'nothing.zip')).toMatchObject({ code: 2, out: expect.stringContaining('nothing.zip: The file cannot be read.') });
    expect(command(bundle.octets, '--key', 'x', 'bundle.zip')).toMatchObject({ code: 2 });
  }, 60_000);
});
