import type { MigrationInterface } from 'typeorm';
import { CreateRoles1763700000100 } from './0001-create-roles.js';
import { CreateOutbox1763700000200 } from './0002-create-outbox.js';
import { CreateAgenciesAndPersons1763700001000 } from './0010-create-agencies-and-persons.js';
import { CreateSessions1763700001100 } from './0011-create-sessions.js';
import { CreateAgreements1763700002000 } from './0020-create-agreements.js';
import { CreateWorkspaces1763700003000 } from './0030-create-workspaces.js';
import { CreateItems1763700003100 } from './0031-create-items.js';
import { CreateEvidence1763700004000 } from './0040-create-evidence.js';
import { CreateQueueSchema1763700005000 } from './0050-create-queue-schema.js';
import { SettleOutbox1763700005100 } from './0051-settle-outbox.js';
import { CreateAlerts1763700005200 } from './0052-create-alerts.js';
import { CreateLedger1763700006000 } from './0060-create-ledger.js';
import { GuardLedgerRows1763700006100 } from './0061-guard-ledger-rows.js';
import { RecordSignIn1763700006200 } from './0062-record-sign-in.js';
import { LetOperatorRecord1763700007000 } from './0070-let-operator-record.js';
import { CountWhatWaits1763700007100 } from './0071-count-what-waits.js';
import { CreateLawSchema1763700008000 } from './0080-create-law-schema.js';
import { GuardAgreements1763700008100 } from './0081-guard-agreements.js';
import { GuardWorkspaces1763700008200 } from './0082-guard-workspaces.js';
import { GuardItems1763700008300 } from './0083-guard-items.js';
import { GuardEvidence1763700008400 } from './0084-guard-evidence.js';
import { GuardAlerts1763700008500 } from './0085-guard-alerts.js';
import { LetWorkerNameCases1763700008600 } from './0086-let-worker-name-cases.js';
import { KeepNameAsAsserted1763700009000 } from './0090-keep-name-as-asserted.js';
import { LetSignOutBeAsked1763700009100 } from './0091-let-sign-out-be-asked.js';
import { WithholdLockedKeys1763700009500 } from './0095-withhold-locked-keys.js';
import { CarryWorkspaceToItems1763700009600 } from './0096-carry-workspace-to-items.js';
import { FindListsByClause1763700010000 } from './0100-find-lists-by-clause.js';
import { KeepCosignatures1763700011000 } from './0110-keep-cosignatures.js';
import { NoteHowWitnessesAnswer1763700011100 } from './0111-note-how-witnesses-answer.js';
import { KeepAuditorsReason1763700012000 } from './0120-keep-auditors-reason.js';
import { SearchLedgerFast1763700012100 } from './0121-search-ledger-fast.js';
import { KeepSearches1763700012200 } from './0122-keep-searches.js';
import { LetAuditorSeeWhoCould1763700012300 } from './0123-let-auditor-see-who-could.js';
import { ShowOwnersReads1763700012400 } from './0124-show-owners-reads.js';
import { KeepTimestamps1763700013000 } from './0130-keep-timestamps.js';
import { NoteHowAuthorityAnswers1763700013100 } from './0131-note-how-authority-answers.js';
import { LetEntriesBeErased1763700013200 } from './0132-let-entries-be-erased.js';
import { LetOperatorCompare1763700015000 } from './0150-let-operator-compare.js';
import { KeepUnusualUse1763700016000 } from './0160-keep-unusual-use.js';
import { TellWorkerWhoOwns1763700016100 } from './0161-tell-worker-who-owns.js';
import { ReadBodyOnce1763700016200 } from './0162-read-body-once.js';
import { KeepExplanationsOutOfAccessLogs1763700016300 } from './0163-keep-explanations-out-of-access-logs.js';
import { DivideLedgerByMonth1763700017000 } from './0170-divide-ledger-by-month.js';
import { LeadFromLeafToMonth1763700017100 } from './0171-lead-from-leaf-to-month.js';
import { LetMonthsBeRetired1763700017200 } from './0172-let-months-be-retired.js';
import { ShowManagersTheirAgencysLog1763700018500 } from './0185-show-managers-their-agencys-log.js';
import { WakeWhoSleeps1763700020000 } from './0200-wake-who-sleeps.js';
import { SayMoreOfCustody1763700021000 } from './0210-say-more-of-custody.js';
import { SignCustody1763700021100 } from './0211-sign-custody.js';
import { LetExhibitsBeThings1763700021200 } from './0212-let-exhibits-be-things.js';
import { DeriveExhibits1763700021300 } from './0213-derive-exhibits.js';
import { HoldEvidence1763700021400 } from './0214-hold-evidence.js';
import { DisposeOfEvidence1763700021500 } from './0215-dispose-of-evidence.js';
import { SetRetention1763700021600 } from './0216-set-retention.js';
import { ProveBodies1763700022000 } from './0220-prove-bodies.js';
import { SealAnewForWhoHoldsAKey1763700023000 } from './0230-seal-anew-for-who-holds-a-key.js';
import { LetAgenciesChangeKeys1763700023100 } from './0231-let-agencies-change-keys.js';
import { RewrapForNewKeys1763700023200 } from './0232-rewrap-for-new-keys.js';
import { LetExhibitsBeRecalled1763700023300 } from './0233-let-exhibits-be-recalled.js';
import { LookForMalware1763700023400 } from './0234-look-for-malware.js';
import { CountWaitingUploads1763700023500 } from './0235-count-waiting-uploads.js';
import { ReviewForDisclosure1763700024000 } from './0240-review-for-disclosure.js';
import { SignDisclosureSchedules1763700024100 } from './0241-sign-disclosure-schedules.js';
import { ProveOnRequest1763700024200 } from './0242-prove-on-request.js';
import { LetNoHoldBePassedBy1763700024300 } from './0243-let-no-hold-be-passed-by.js';
import { GoPastBodiesThatFail1763700024400 } from './0244-go-past-bodies-that-fail.js';
import { ScanAgain1763700024500 } from './0245-scan-again.js';
import { KeepWhatWasDisposedAtSigning1763700025000 } from './0250-keep-what-was-disposed-at-signing.js';
import { HandOutEachReadingOnce1763700025100 } from './0251-hand-out-each-reading-once.js';
import { SayWhyBeforeReview1763700025200 } from './0252-say-why-before-review.js';
import { KeepMarkingsAsTheyWere1763700026000 } from './0260-keep-markings-as-they-were.js';
import { LetMembershipsEnd1763700026100 } from './0261-let-memberships-end.js';
import { AskWhoLeavesForCopies1763700026200 } from './0262-ask-who-leaves-for-copies.js';
import { KeepAgreementsAsTheyWere1763700027000 } from './0270-keep-agreements-as-they-were.js';
import { ShowOriginatorsWhoSees1763700027100 } from './0271-show-originators-who-sees.js';
import { KeepStatedPurposes1763700027200 } from './0272-keep-stated-purposes.js';
import { KeepRestrictionsOnCopies1763700028000 } from './0280-keep-restrictions-on-copies.js';
import { RaiseCopiesWithTheirOrigin1763700028100 } from './0281-raise-copies-with-their-origin.js';
import { SayMarkingThatWasKnown1763700028200 } from './0282-say-marking-that-was-known.js';
import { TellDisposedFromLost1763700028300 } from './0283-tell-disposed-from-lost.js';

/** Every migration in the order it is applied. Once landed, none is edited. */
export const migrations: (new () => MigrationInterface)[] = [
  CreateRoles1763700000100,
  CreateOutbox1763700000200,
  CreateAgenciesAndPersons1763700001000,
  CreateSessions1763700001100,
  CreateAgreements1763700002000,
  CreateWorkspaces1763700003000,
  CreateItems1763700003100,
  CreateEvidence1763700004000,
  CreateQueueSchema1763700005000,
  SettleOutbox1763700005100,
  CreateAlerts1763700005200,
  CreateLedger1763700006000,
  GuardLedgerRows1763700006100,
  RecordSignIn1763700006200,
  LetOperatorRecord1763700007000,
  CountWhatWaits1763700007100,
  CreateLawSchema1763700008000,
  GuardAgreements1763700008100,
  GuardWorkspaces1763700008200,
  GuardItems1763700008300,
  GuardEvidence1763700008400,
  GuardAlerts1763700008500,
  LetWorkerNameCases1763700008600,
  KeepNameAsAsserted1763700009000,
  LetSignOutBeAsked1763700009100,
  WithholdLockedKeys1763700009500,
  CarryWorkspaceToItems1763700009600,
  FindListsByClause1763700010000,
  KeepCosignatures1763700011000,
  NoteHowWitnessesAnswer1763700011100,
  KeepAuditorsReason1763700012000,
  SearchLedgerFast1763700012100,
  KeepSearches1763700012200,
  LetAuditorSeeWhoCould1763700012300,
  ShowOwnersReads1763700012400,
  KeepTimestamps1763700013000,
  NoteHowAuthorityAnswers1763700013100,
  LetEntriesBeErased1763700013200,
  LetOperatorCompare1763700015000,
  KeepUnusualUse1763700016000,
  TellWorkerWhoOwns1763700016100,
  ReadBodyOnce1763700016200,
  KeepExplanationsOutOfAccessLogs1763700016300,
  DivideLedgerByMonth1763700017000,
  LeadFromLeafToMonth1763700017100,
  LetMonthsBeRetired1763700017200,
  ShowManagersTheirAgencysLog1763700018500,
  WakeWhoSleeps1763700020000,
  SayMoreOfCustody1763700021000,
  SignCustody1763700021100,
  LetExhibitsBeThings1763700021200,
  DeriveExhibits1763700021300,
  HoldEvidence1763700021400,
  DisposeOfEvidence1763700021500,
  SetRetention1763700021600,
  ProveBodies1763700022000,
  SealAnewForWhoHoldsAKey1763700023000,
  LetAgenciesChangeKeys1763700023100,
  RewrapForNewKeys1763700023200,
  LetExhibitsBeRecalled1763700023300,
  LookForMalware1763700023400,
  CountWaitingUploads1763700023500,
  ReviewForDisclosure1763700024000,
  SignDisclosureSchedules1763700024100,
  ProveOnRequest1763700024200,
  LetNoHoldBePassedBy1763700024300,
  GoPastBodiesThatFail1763700024400,
  ScanAgain1763700024500,
  KeepWhatWasDisposedAtSigning1763700025000,
  HandOutEachReadingOnce1763700025100,
  SayWhyBeforeReview1763700025200,
  KeepMarkingsAsTheyWere1763700026000,
  LetMembershipsEnd1763700026100,
  AskWhoLeavesForCopies1763700026200,
  KeepAgreementsAsTheyWere1763700027000,
  ShowOriginatorsWhoSees1763700027100,
  KeepStatedPurposes1763700027200,
  KeepRestrictionsOnCopies1763700028000,
  RaiseCopiesWithTheirOrigin1763700028100,
  SayMarkingThatWasKnown1763700028200,
  TellDisposedFromLost1763700028300,
];
