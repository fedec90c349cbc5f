// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import { accessLogDocument } from './access-log.js';
import { acknowledgeAlertDocument } from './acknowledge-alert.js';
import { addNoteDocument } from './add-note.js';
import { agencyKeysDocument } from './agency-keys.js';
import { agencyLogDocument } from './agency-log.js';
import { alertDocument } from './alert.js';
import { alertsDocument } from './alerts.js';
import { answerCustodyDocument } from './answer-custody.js';
import { answerRecallDocument } from './answer-recall.js';
import { answerUnusualUseDocument } from './answer-unusual-use.js';
import { approveKeyChangeDocument } from './approve-key-change.js';
import { assignUnusualUseDocument } from './assign-unusual-use.js';
import { auditDeskDocument } from './audit-desk.js';
import { auditEntryDocument } from './audit-entry.js';
import { auditDocument } from './audit.js';
import { bundleDocument } from './bundle.js';
import { caseHoldsDocument } from './case-holds.js';
import { checkLedgerDocument } from './check-ledger.js';
import { classifyItemDocument } from './classify-item.js';
import { closeUnusualUseDocument } from './close-unusual-use.js';
import { decideDisposalDocument } from './decide-disposal.js';
import { deleteAuditSearchDocument } from './delete-audit-search.js';
import { disclosureDocument } from './disclosure.js';
import { endMembershipDocument } from './end-membership.js';
import { evidenceDocument } from './evidence.js';
import { exhibitDisclosureDocument } from './exhibit-disclosure.js';
import { exhibitProofDocument } from './exhibit-proof.js';
import { exhibitSharingDocument } from './exhibit-sharing.js';
import { exhibitViewDocument } from './exhibit-view.js';
import { exhibitDocument } from './exhibit.js';
import { identityProvidersDocument } from './identity-providers.js';
import { investigationsDocument } from './investigations.js';
import { invitationPreviewDocument } from './invitation-preview.js';
import { inviteAgencyDocument } from './invite-agency.js';
import { inviteDocument } from './invite.js';
import { itemAudienceDocument } from './item-audience.js';
import { itemPastInCaseDocument } from './item-past-in-case.js';
import { itemPastDocument } from './item-past.js';
import { itemSightDocument } from './item-sight.js';
import { itemDocument } from './item.js';
import { itemsDocument } from './items.js';
import { ledgerHeadDocument } from './ledger-head.js';
import { ledgerTimestampingDocument } from './ledger-timestamping.js';
import { ledgerWitnessingDocument } from './ledger-witnessing.js';
import { liftHoldDocument } from './lift-hold.js';
import { liveDocument } from './live.js';
import { membershipEndingDocument } from './membership-ending.js';
import { myWorkDocument } from './my-work.js';
import { offerCustodyDocument } from './offer-custody.js';
import { openAlertsDocument } from './open-alerts.js';
import { openWorkspaceDocument } from './open-workspace.js';
import { overviewDocument } from './overview.js';
import { ownSightDocument } from './own-sight.js';
import { placeHoldDocument } from './place-hold.js';
import { proposeDisposalDocument } from './propose-disposal.js';
import { proposeKeyChangeDocument } from './propose-key-change.js';
import { proveExhibitDocument } from './prove-exhibit.js';
import { proveLedgerDocument } from './prove-ledger.js';
import { purposeDocument } from './purpose.js';
import { recallExhibitDocument } from './recall-exhibit.js';
import { recallsDocument } from './recalls.js';
import { recordCustodyDocument } from './record-custody.js';
import { recordFindingDocument } from './record-finding.js';
import { recordPhysicalDocument } from './record-physical.js';
import { recordDocument } from './record.js';
import { requestUploadDocument } from './request-upload.js';
import { reviewForDisclosureDocument } from './review-for-disclosure.js';
import { reviewDocument } from './review.js';
import { saveAuditSearchDocument } from './save-audit-search.js';
import { saveRecordDocument } from './save-record.js';
import { searchDocument } from './search.js';
import { setRetentionDocument } from './set-retention.js';
import { shareExhibitDocument } from './share-exhibit.js';
import { sharingDocument } from './sharing.js';
import { shellDocument } from './shell.js';
import { signInDocument } from './sign-in.js';
import { signScheduleDocument } from './sign-schedule.js';
import { stateAuditReasonDocument } from './state-audit-reason.js';
import { statePurposeDocument } from './state-purpose.js';
import { timelineDocument } from './timeline.js';
import { unusualUseDocument } from './unusual-use.js';
import { unusualUsesDocument } from './unusual-uses.js';
import { uploadDocument } from './upload.js';
import { withdrawKeyChangeDocument } from './withdraw-key-change.js';
import { workspaceDocument } from './workspace.js';

/** Every operation the portal runs; the platform trusts these texts by their SHA-256. */
export const documents = [
  accessLogDocument,
  acknowledgeAlertDocument,
  addNoteDocument,
  agencyKeysDocument,
  agencyLogDocument,
  alertDocument,
  alertsDocument,
  answerCustodyDocument,
  answerRecallDocument,
  answerUnusualUseDocument,
  approveKeyChangeDocument,
  assignUnusualUseDocument,
  auditDeskDocument,
  auditEntryDocument,
  auditDocument,
  bundleDocument,
  caseHoldsDocument,
  checkLedgerDocument,
  classifyItemDocument,
  closeUnusualUseDocument,
  decideDisposalDocument,
  deleteAuditSearchDocument,
  disclosureDocument,
  endMembershipDocument,
  evidenceDocument,
  exhibitDisclosureDocument,
  exhibitProofDocument,
  exhibitSharingDocument,
  exhibitViewDocument,
  exhibitDocument,
  identityProvidersDocument,
  investigationsDocument,
  invitationPreviewDocument,
  inviteAgencyDocument,
  inviteDocument,
  itemAudienceDocument,
  itemPastInCaseDocument,
  itemPastDocument,
  itemSightDocument,
  itemDocument,
  itemsDocument,
  ledgerHeadDocument,
  ledgerTimestampingDocument,
  ledgerWitnessingDocument,
  liftHoldDocument,
  liveDocument,
  membershipEndingDocument,
  myWorkDocument,
  offerCustodyDocument,
  openAlertsDocument,
  openWorkspaceDocument,
  overviewDocument,
  ownSightDocument,
  placeHoldDocument,
  proposeDisposalDocument,
  proposeKeyChangeDocument,
  proveExhibitDocument,
  proveLedgerDocument,
  purposeDocument,
  recallExhibitDocument,
  recallsDocument,
  recordCustodyDocument,
  recordFindingDocument,
  recordPhysicalDocument,
  recordDocument,
  requestUploadDocument,
  reviewForDisclosureDocument,
  reviewDocument,
  saveAuditSearchDocument,
  saveRecordDocument,
  searchDocument,
  setRetentionDocument,
  shareExhibitDocument,
  sharingDocument,
  shellDocument,
  signInDocument,
  signScheduleDocument,
  stateAuditReasonDocument,
  statePurposeDocument,
  timelineDocument,
  unusualUseDocument,
  unusualUsesDocument,
  uploadDocument,
  withdrawKeyChangeDocument,
  workspaceDocument,
] as const;
