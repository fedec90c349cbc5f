import type { Type } from '@nestjs/common';
import type { Page } from '../page/page.js';
import { paths, type Path } from '../paths.js';
import { AccessLogPage } from './access-log.page.js';
import { AgencyLogPage } from './agency-log.page.js';
import { AlertPage } from './alert.page.js';
import { AlertsPage } from './alerts.page.js';
import { AnswerCustodyPage } from './answer-custody.page.js';
import { AuditEntryPage } from './audit-entry.page.js';
import { AuditReasonPage } from './audit-reason.page.js';
import { AuditSearchesPage } from './audit-searches.page.js';
import { AuditPage } from './audit.page.js';
import { BundlePage } from './bundle.page.js';
import { CaseHoldsPage } from './case-holds.page.js';
import { ClassifyItemPage } from './classify-item.page.js';
import { ConfirmInvitePage } from './confirm-invite.page.js';
import { DisclosurePage } from './disclosure.page.js';
import { ReviewDisclosurePage } from './review-disclosure.page.js';
import { EndMembershipPage } from './end-membership.page.js';
import { EditRecordPage } from './edit-record.page.js';
import { EvidencePage } from './evidence.page.js';
import { ExhibitPage } from './exhibit.page.js';
import { ExhibitSharingPage } from './exhibit-sharing.page.js';
import { InvestigationsPage } from './investigations.page.js';
import { InvitePage } from './invite.page.js';
import { AuditItemPastPage } from './audit-item-past.page.js';
import { AuditItemProofPage } from './audit-item-proof.page.js';
import { ItemPastPage } from './item-past.page.js';
import { ItemSightPage } from './item-sight.page.js';
import { PurposePage } from './purpose.page.js';
import { OwnSightPage } from './own-sight.page.js';
import { KeysPage } from './keys.page.js';
import { KeepingPage } from './keeping.page.js';
import { ReviewPage } from './review.page.js';
import { LedgerPage } from './ledger.page.js';
import { MyWorkPage } from './my-work.page.js';
import { NewExhibitPage } from './new-exhibit.page.js';
import { NewFindingPage } from './new-finding.page.js';
import { NewInvestigationPage } from './new-investigation.page.js';
import { NewNotePage } from './new-note.page.js';
import { NewThingPage } from './new-thing.page.js';
import { OfferCustodyPage } from './offer-custody.page.js';
import { OverviewPage } from './overview.page.js';
import { RecallPage } from './recall.page.js';
import { RecordCustodyPage } from './record-custody.page.js';
import { RecordPage } from './record.page.js';
import { SearchPage } from './search.page.js';
import { SharingPage } from './sharing.page.js';
import { SignInAdministrationPage } from './sign-in-administration.page.js';
import { AuditDayPage, AuditItemPage, AuditPersonPage } from './stories.page.js';
import { TimelinePage } from './timeline.page.js';
import { UnusualUsePage } from './unusual-use.page.js';
import { UnusualUsesPage } from './unusual-uses.page.js';
import { UploadPage } from './upload.page.js';
import { ViewExhibitPage } from './view-exhibit.page.js';

/** Which page stands at which address. */
export const pages: readonly (readonly [Path<string>, Type<Page<unknown>>])[] = [
  [paths.myWork, MyWorkPage],
  [paths.investigations, InvestigationsPage],
  [paths.newInvestigation, NewInvestigationPage],
  [paths.overview, OverviewPage],
  [paths.record, RecordPage],
  [paths.newRecord, EditRecordPage],
  [paths.editRecord, EditRecordPage],
  [paths.newNote, NewNotePage],
  [paths.newFinding, NewFindingPage],
  [paths.evidence, EvidencePage],
  [paths.newExhibit, NewExhibitPage],
  [paths.newBundle, BundlePage],
  [paths.caseHolds, CaseHoldsPage],
  [paths.newThing, NewThingPage],
  [paths.upload, UploadPage],
  [paths.exhibit, ExhibitPage],
  [paths.viewExhibit, ViewExhibitPage],
  [paths.exhibitSharing, ExhibitSharingPage],
  [paths.recordCustody, RecordCustodyPage],
  [paths.keeping, KeepingPage],
  [paths.reviewDisclosure, ReviewDisclosurePage],
  [paths.review, ReviewPage],
  [paths.disclosure, DisclosurePage],
  [paths.offerCustody, OfferCustodyPage],
  [paths.answerCustody, AnswerCustodyPage],
  [paths.timeline, TimelinePage],
  [paths.sharing, SharingPage],
  [paths.invite, InvitePage],
  [paths.confirmInvite, ConfirmInvitePage],
  [paths.endMembership, EndMembershipPage],
  [paths.accessLog, AccessLogPage],
  [paths.classifyItem, ClassifyItemPage],
  [paths.itemSight, OwnSightPage],
  [paths.purpose, PurposePage],
  [paths.itemPast, ItemPastPage],
  [paths.recall, RecallPage],
  [paths.alerts, AlertsPage],
  [paths.alert, AlertPage],
  [paths.search, SearchPage],
  [paths.audit, AuditPage],
  [paths.auditReason, AuditReasonPage],
  [paths.auditSearches, AuditSearchesPage],
  [paths.auditItem, AuditItemPage],
  [paths.auditItemPast, AuditItemPastPage],
  [paths.auditItemProof, AuditItemProofPage],
  [paths.auditItemSight, ItemSightPage],
  [paths.auditPerson, AuditPersonPage],
  [paths.auditDay, AuditDayPage],
  [paths.auditEntry, AuditEntryPage],
  [paths.ledger, LedgerPage],
  [paths.agencyLog, AgencyLogPage],
  [paths.unusualUses, UnusualUsesPage],
  [paths.unusualUse, UnusualUsePage],
  [paths.keys, KeysPage],
  [paths.signInAdministration, SignInAdministrationPage],
];
