import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '../builders/world.js';

const ME = `{ me { displayName email initials agencyKind roles idleSeconds sessionExpiresAt agency { code name }
  can { openWorkspace acknowledgeAlerts seeCases audit administer } } }`;

interface MeAnswer {
  me: { displayName: string; initials: string; roles: string[]; agency: { code: string }; agencyKind: string; can: Record<string, boolean> } | null;
}

describe('signing in and out', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
  }, 120_000);

  afterAll(() => world.stop());

  it('names the agencies one can sign in with to anybody', async () => {
    const { agencies } = await world.stranger().ask<{ agencies: { code: string; name: string }[] }>('{ agencies { code name } }');
    expect(agencies.map(({ code }) => code)).toEqual(['ashworth', 'public-audit', 'northmoor-fire', 'northmoor-health', 'northmoor-police', 'wexcombe']);
  });

  it('tells somebody who has not signed in that she is nobody', async () => {
    expect(await world.stranger().ask(ME)).toEqual({ me: null });
  });

  it('knows an officer after her agency has vouched for her', async () => {
    const amira = await world.signIn('amira.rahman');
    const { me } = await amira.ask<MeAnswer>(ME);
    expect(me).toMatchObject({
      displayName: 'Amira Rahman',
      initials: 'AR',
      roles: ['environmental-health-officer'],
      agency: { code: 'ashworth' },
      agencyKind: 'council',
      can: { openWorkspace: true, acknowledgeAlerts: false, seeCases: true, audit: false, administer: false },
    });
  });
});
