// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.

export type AgencyParts = { readonly id: string; readonly code: string; readonly name: string; };

export type MarkingParts = { readonly text: string; readonly sensitive: boolean; readonly descriptors: readonly string[]; readonly handling: readonly string[]; readonly originator: AgencyParts; readonly releasableTo: readonly AgencyParts[] | null; };

export type RefusedParts = { readonly code: string; readonly message: string; readonly faults: readonly { readonly field: string; readonly message: string; }[]; };

export type PageParts = { readonly endCursor: string | null; readonly hasNextPage: boolean; };

export type MemberParts = { readonly agency: AgencyParts; readonly lead: boolean; readonly since: string | Date; readonly until: string | Date | null; readonly agreement: string | null; readonly clause: string | null; readonly purpose: string | null; };

export type WorkspaceHead = { readonly id: string; readonly reference: string; readonly title: string; readonly status: string; readonly marking: MarkingParts; readonly highestMarking: string; readonly statedPurpose: string | null; readonly leadAgency: AgencyParts; readonly business: { readonly name: string; readonly address: string; readonly postcode: string; readonly fhrsId: string | null; }; readonly members: readonly MemberParts[]; readonly can: { readonly invite: boolean; readonly addNote: boolean; readonly saveRecord: boolean; readonly recordFinding: boolean; readonly addExhibit: boolean; }; };

export type WorkspaceRow = { readonly id: string; readonly reference: string; readonly title: string; readonly status: string; readonly marking: string; readonly leadAgency: string; readonly businessName: string; readonly openedAt: string | Date; };

export type ItemParts = { readonly id: string; readonly kind: string; readonly title: string; readonly text: string | null; readonly marking: MarkingParts; readonly version: number; readonly createdAt: string | Date; readonly createdBy: string; readonly agency: AgencyParts; readonly finding: { readonly inspectedOn: string; readonly hygiene: number; readonly structure: number; readonly confidence: number; readonly imminentRisk: boolean; readonly rating: number; readonly ratingWords: string; readonly breach: boolean; readonly urgency: string | null; readonly rule: string | null; } | null; };

export type RecordParts = { readonly id: string; readonly title: string; readonly body: string; readonly version: number; readonly savedAt: string | Date; readonly savedBy: string; readonly marking: MarkingParts; };

export type ExhibitRow = { readonly id: string; readonly reference: string; readonly title: string; readonly form: string; readonly seal: string | null; readonly holder: { readonly name: string; readonly agency: string; } | null; readonly fileName: string | null; readonly mediaType: string | null; readonly sizeBytes: number | null; readonly marking: MarkingParts; readonly producedBy: string; readonly agency: AgencyParts; readonly depositedAt: string | Date; readonly scan: { readonly state: string; readonly code: string | null; readonly at: string | Date | null; readonly sealed: string | null; readonly reviewPath: string | null; } | null; };

export type AlertRow = { readonly id: string; readonly reference: string; readonly urgency: string; readonly raisedAt: string | Date; readonly post: string; readonly workspaceId: string; readonly workspaceReference: string; readonly workspaceTitle: string; readonly findingId: string; readonly findingTitle: string; readonly marking: { readonly text: string; }; readonly acknowledgedAt: string | Date | null; readonly acknowledgedBy: string | null; };

export type TimelineParts = { readonly id: string; readonly at: string | Date; readonly what: string; readonly title: string; readonly who: string; readonly agency: string; readonly marking: string | null; readonly itemId: string | null; };

export type EntryRow = { readonly id: string; readonly index: number | null; readonly at: string | Date; readonly verb: string; readonly category: string; readonly outcome: string; readonly personId: string | null; readonly person: string | null; readonly agency: string | null; readonly workspaceReference: string | null; readonly subjectKind: string | null; readonly subjectId: string | null; readonly subjectTitle: string | null; readonly subjectMarking: string | null; readonly clause: string | null; readonly purpose: string | null; };

export type UnusualUseRow = { readonly id: string; readonly rule: string; readonly words: string; readonly evidence: string; readonly verb: string; readonly happenedAt: string | Date; readonly foundAt: string | Date; readonly person: string; readonly agency: AgencyParts; readonly workspaceReference: string | null; readonly sides: readonly ({ readonly agency: AgencyParts; readonly assignee: string | null; readonly assignedAt: string | Date | null; readonly answer: string | null; readonly answeredAt: string | Date | null; readonly outcome: string | null; readonly closing: string | null; readonly closedBy: string | null; readonly closedAt: string | Date | null; })[]; };

export type AgencyLogRow = { readonly id: string; readonly at: string | Date; readonly verb: string; readonly category: string; readonly outcome: string; readonly personId: string | null; readonly person: string | null; readonly agency: string | null; readonly workspaceId: string | null; readonly workspaceReference: string | null; readonly subjectKind: string | null; readonly subjectTitle: string | null; readonly subjectMarking: string | null; readonly isHidden: boolean; readonly clause: string | null; readonly purpose: string | null; readonly concerned: readonly { readonly title: string; readonly marking: string; }[]; readonly hasMore: boolean; };

export type ItemPastParts = { readonly workspaceId: string | null; readonly marking: string | null; readonly parts: readonly ({ readonly name: string; readonly value: string | null; readonly how: string; readonly entry: ItemStateEntryParts | null; })[]; readonly invited: readonly ItemStateEntryParts[]; };

export type ItemStateEntryParts = { readonly id: string; readonly at: string | Date; readonly verb: string; readonly person: string | null; readonly agency: string | null; readonly recipients: readonly string[]; };

export type RecallRow = { readonly id: string; readonly from: string; readonly by: string; readonly recalledBy: string; readonly recalledAt: string | Date; readonly workspaceReference: string; readonly reference: string; readonly title: string; readonly marking: string; readonly reason: string; readonly why: string; readonly seen: readonly ({ readonly person: string; readonly act: string; readonly at: string | Date; })[]; readonly copies: string | null; readonly answer: string | null; readonly answeredBy: string | null; readonly answeredAt: string | Date | null; };

export type ReviewParts = { readonly seq: number; readonly class: string; readonly result: string; readonly ground: string | null; readonly reason: string; readonly reviewedBy: string; readonly agency: string; readonly reviewedAt: string | Date; };

export type ItemSightParts = { readonly markings: readonly string[]; readonly roles: readonly string[]; readonly agencies: readonly ({ readonly agency: string; readonly could: string; readonly reason: string; readonly agreement: string | null; readonly clause: string | null; readonly purpose: string | null; readonly from: string | Date | null; readonly agreementIsNow: string | null; readonly roles: readonly string[]; })[]; };
