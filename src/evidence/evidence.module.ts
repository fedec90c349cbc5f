import multipart from '@fastify/multipart';
import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Clock, CONFIG } from '../platform/index.js';
import { PlatformGraphqlModule } from '../platform/graphql/graphql.module.js';
import { AccessModule } from '../access/index.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { BundleController } from './api/bundle.controller.js';
import { ContentController } from './api/content.controller.js';
import { SealedController } from './api/sealed.controller.js';
import { CustodyResolver } from './api/custody.resolver.js';
import { EvidenceResolver } from './api/evidence.resolver.js';
import { SharingResolver } from './api/sharing.resolver.js';
import { KeysResolver } from './api/keys.resolver.js';
import { FormController } from './api/form.controller.js';
import { DisclosureResolver } from './api/disclosure.resolver.js';
import { DocumentController } from './api/document.controller.js';
import { ScrubFigures } from './api/scrub-figures.js';
import { UploadController } from './api/upload.controller.js';
import { AnswerRecall } from './commands/answer-recall.js';
import { BundleContent } from './commands/bundle-content.js';
import { AnswerCustody } from './commands/answer-custody.js';
import { CustodyBook } from './commands/custody-book.js';
import { DecideDisposal } from './commands/decide-disposal.js';
import { LiftHold } from './commands/lift-hold.js';
import { PlaceHold } from './commands/place-hold.js';
import { ProposeDisposal } from './commands/propose-disposal.js';
import { ReviewForDisclosure } from './commands/review-for-disclosure.js';
import { SignSchedule } from './commands/sign-schedule.js';
import { TakeDocument } from './commands/take-document.js';
import { SetRetention } from './commands/set-retention.js';
import { DisclosureSchedule } from './queries/disclosure-schedule.js';
import { ExhibitsToReview } from './queries/exhibits-to-review.js';
import { KeepingResolver } from './api/keeping.resolver.js';
import { CertificateController } from './api/certificate.controller.js';
import { DepositGate } from './commands/deposit-gate.js';
import { DrawReport } from './commands/draw-report.js';
import { DepositExhibit } from './commands/deposit-exhibit.js';
import { KeyGate } from './commands/key-gate.js';
import { LiveUploads } from './commands/live-uploads.js';
import { MakeBundle } from './commands/make-bundle.js';
import { OfferCustody } from './commands/offer-custody.js';
import { OpenExhibit } from './commands/open-exhibit.js';
import { ProposeKeyChange } from './commands/propose-key-change.js';
import { ReaderKeys } from './commands/reader-keys.js';
import { RecallExhibit } from './commands/recall-exhibit.js';
import { ReceiveUpload } from './commands/receive-upload.js';
import { RecordCustody } from './commands/record-custody.js';
import { RecordPhysical } from './commands/record-physical.js';
import { RequestUpload } from './commands/request-upload.js';
import { SettleKeyChange } from './commands/settle-key-change.js';
import { ShareExhibit } from './commands/share-exhibit.js';
import { TakeSealed } from './commands/take-sealed.js';
import { CaseHoldsResolver } from './api/case-holds.resolver.js';
import { OffersResolver } from './api/offers.resolver.js';
import { HoldsOfCase } from './queries/holds-of-case.js';
import { OffersToAgency } from './queries/offers-to-agency.js';
import { ProofResolver } from './api/proof.resolver.js';
import { ProveExhibit } from './commands/prove-exhibit.js';
import { BodyReader } from './jobs/body-reader.js';
import { ProveAsked } from './jobs/prove-asked.js';
import { ExhibitProof } from './queries/exhibit-proof.js';
import { RewrapPackets } from './jobs/rewrap-packets.js';
import { ScanBodies } from './jobs/scan-bodies.js';
import { ScrubBodies } from './jobs/scrub-bodies.js';
import { SweepOrphans } from './jobs/sweep-orphans.js';
import { MembershipEnding } from './queries/membership-ending.js';
import { MembershipResolver } from './api/membership.resolver.js';
import { EndMembership } from './commands/end-membership.js';
import { ExhibitSharing } from './queries/exhibit-sharing.js';
import { ExhibitsOfWorkspace } from './queries/exhibits-of-workspace.js';
import { KeysOfAgency } from './queries/keys-of-agency.js';
import { TicketOfPerson } from './queries/ticket-of-person.js';
import { AgencyKeys } from './store/agency-keys.js';
import { BlobStore } from './store/blob-store.js';
import { openBlobStore } from './store/open-blob-store.js';
import { SealedBodies } from './store/sealed-bodies.js';
import { TicketLocks } from './store/ticket-locks.js';
import { TicketVault } from './store/ticket-vault.js';

/** Evidence: sealed as it arrives, opened chunk by authenticated chunk, its custody recorded act by act. */
@Module({
  imports: [AccessModule, PlatformGraphqlModule, WorkspacesModule],
  controllers: [UploadController, FormController, ContentController, SealedController, BundleController, CertificateController, DocumentController],
  providers: [
    AgencyKeys,
    AnswerRecall,
    AnswerCustody,
    { provide: BlobStore, useFactory: openBlobStore, inject: [CONFIG, Clock] },
    BundleContent,
    CustodyBook,
    CustodyResolver,
    DecideDisposal,
    DepositExhibit,
    DepositGate,
    DrawReport,
    EndMembership,
    DisclosureResolver,
    DisclosureSchedule,
    EvidenceResolver,
    ExhibitSharing,
    ExhibitsOfWorkspace,
    ExhibitsToReview,
    KeepingResolver,
    LiftHold,
    KeyGate,
    KeysOfAgency,
    KeysResolver,
    LiveUploads,
    MakeBundle,
    MembershipEnding,
    MembershipResolver,
    OfferCustody,
    PlaceHold,
    ProposeDisposal,
    SetRetention,
    ReviewForDisclosure,
    SignSchedule,
    TakeDocument,
    OpenExhibit,
    ProposeKeyChange,
    ReaderKeys,
    RecallExhibit,
    ReceiveUpload,
    RecordCustody,
    RecordPhysical,
    RequestUpload,
    RewrapPackets,
    ScanBodies,
    BodyReader,
    CaseHoldsResolver,
    HoldsOfCase,
    OffersResolver,
    OffersToAgency,
    ExhibitProof,
    ProofResolver,
    ProveAsked,
    ProveExhibit,
    ScrubBodies,
    ScrubFigures,
    SealedBodies,
    SettleKeyChange,
    ShareExhibit,
    SharingResolver,
    SweepOrphans,
    TakeSealed,
    TicketLocks,
    TicketOfPerson,
    TicketVault,
  ],
})
export class EvidenceModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  /** Bodies of uploads are streams: they are neither parsed nor held, and the limit on ordinary bodies is not theirs. */
  async onModuleInit(): Promise<void> {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser('application/offset+octet-stream', (_request, payload, done) => done(null, payload));
    await fastify.register(multipart);
  }
}
