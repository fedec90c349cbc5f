import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, type EventId, type ItemId, type WorkspaceId } from '../kernel/index.js';
import { acknowledgeBy, alertRaised, breachRaised, draftOf, payloadOf, Urgency, type BreachRaised, type OutboxEvent } from './index.js';

const uuid = fc.uuid({ version: 4 });
const breach: fc.Arbitrary<BreachRaised> = fc.record({
  workspaceId: uuid.map((id) => id as WorkspaceId),
  itemId: uuid.map((id) => id as ItemId),
  urgency: fc.constantFrom(...Object.values(Urgency)),
  ruleId: fc.string({ minLength: 1, maxLength: 100 }),
  ruleVersion: fc.integer({ min: 1 }),
  tell: fc.subarray(['council', 'police', 'fire', 'health'] as const),
});

function stored(type: string, payload: unknown): OutboxEvent {
  return { id: 'c0ffee00-0000-4000-8000-000000000000' as EventId, type, payload, correlationId: 'r', createdAt: new Date(0) };
}

describe('integration events', () => {
  it('come back from the outbox as they were written', () => {
    fc.assert(
      fc.property(breach, (payload) => {
        const draft = draftOf(breachRaised, payload);
        const kept = JSON.parse(canonicalJson(draft.payload)) as unknown;
        expect(payloadOf(breachRaised, stored(draft.type, kept))).toEqual(payload);
      }),
    );
  });

  it('drop members that a later producer of the same version added', () => {
    const [payload] = fc.sample(breach, 1);
    expect(payloadOf(breachRaised, stored(breachRaised.type, { ...payload, eventId: 'later' }))).toEqual(payload);
  });

  it('are not read under another name', () => {
    const [payload] = fc.sample(breach, 1);
    expect(payloadOf(breachRaised, stored('workspaces.breach-raised.v2', payload))).toBeUndefined();
    expect(payloadOf(alertRaised, stored(breachRaised.type, payload))).toBeUndefined();
  });

  it.each([
    ['no payload', null],
    ['a missing member', { urgency: 'critical' }],
    ['an id that is no id', { alertId: "' OR 1=1" }],
    ['an id in capitals', { alertId: 'C0FFEE00-0000-4000-8000-000000000000' }],
    ['a list', []],
  ])('are refused with %s', (_, payload) => {
    expect(payloadOf(alertRaised, stored(alertRaised.type, payload))).toBeUndefined();
    expect(payloadOf(breachRaised, stored(breachRaised.type, payload))).toBeUndefined();
  });

  it('are never written when the producer breaks the contract', () => {
    expect(() => draftOf(alertRaised, { alertId: 'AR/1' } as never)).toThrow();
    expect(() => draftOf(breachRaised, { ...fc.sample(breach, 1)[0], urgency: 'whenever' } as never)).toThrow();
  });

  it('have names with a context, a fact and a version', () => {
    for (const contract of [breachRaised, alertRaised]) expect(contract.type).toMatch(/^[a-z]+\.[a-z-]+\.v[1-9]\d*$/);
  });
});

describe('urgency', () => {
  it('gives a deadline: sooner for what is more urgent', () => {
    const at = new Date('2026-06-16T08:06:00Z');
    expect(acknowledgeBy(Urgency.Critical, at).toISOString()).toBe('2026-06-16T08:36:00.000Z');
    expect(acknowledgeBy(Urgency.High, at).toISOString()).toBe('2026-06-16T12:06:00.000Z');
    expect(acknowledgeBy(Urgency.Normal, at).toISOString()).toBe('2026-06-17T08:06:00.000Z');
  });
});
