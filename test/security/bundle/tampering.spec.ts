import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyBundle, type BundleVerdict } from '../../../libs/verifier/index.js';
import { courtBundle, inMemory, type CourtBundle } from '../../builders/court-bundle.js';
import { TAMPERINGS } from './tamperings.js';

let bundle: CourtBundle;
beforeAll(async () => {
  bundle = await courtBundle();
});

const refuted = ({ findings }: BundleVerdict): string => findings.filter(({ state }) => state === 'refuted').map(({ message }) => message).join('\n');

describe('a bundle that was tampered with', () => {
  it('is one of many, each by its name', () => {
    expect(Object.keys(TAMPERINGS).length).toBeGreaterThanOrEqual(80);
  });

  it.each(Object.entries(TAMPERINGS))('does not hold with %s', async (_, { make, says }) => {
    const verdict = await verifyBundle(inMemory(await make(bundle)), bundle.trust);
    expect({ holds: verdict.holds, wrong: refuted(verdict) }).toEqual({ holds: false, wrong: expect.stringContaining(says) });
  });
});
