import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { DisposalView, HoldView, RetentionView } from './keeping.views.js';
import { AgencyName, MarkingView, PageInfo, Refused, SafeInt } from '../../platform/graphql/index.js';

@ObjectType('CustodyEvent')
export class CustodyEventView {
  @Field(() => Int) seq!: number;
  @Field(() => String) act!: string;
  @Field(() => Date) at!: Date;
  @Field(() => String) by!: string;
  @Field(() => String) agency!: string;
  /** The person's roles in the agency as they were then; none are said by the oldest lines. */
  @Field(() => [String]) roles!: string[];
  /** When it happened, as the person said who recorded it; null where recording it was the act. */
  @Field(() => Date, { nullable: true }) happenedAt!: Date | null;
  @Field(() => String, { nullable: true }) doneBy!: string | null;
  @Field(() => String, { nullable: true }) location!: string | null;
  @Field(() => String, { nullable: true }) sealBefore!: string | null;
  @Field(() => String, { nullable: true }) sealAfter!: string | null;
  /** Reference of the exhibit that came of it. */
  @Field(() => String, { nullable: true }) about!: string | null;
  /** Fingerprint of the key that signed it; null for a line written before lines were signed. */
  @Field(() => String, { nullable: true }) signer!: string | null;
  @Field(() => String, { nullable: true }) from!: string | null;
  @Field(() => String, { nullable: true }) to!: string | null;
  @Field(() => String, { nullable: true }) reason!: string | null;
  @Field(() => String) hash!: string;
  @Field(() => String) previousHash!: string;
}

@ObjectType('ExhibitPreview')
export class ExhibitPreviewView {
  /** `image`, `audio`, `video`, `document` or `text`. */
  @Field(() => String) kind!: string;
  /** Path of what is shown in the page. */
  @Field(() => String) path!: string;
  /** How much of the file is shown: of a long text its beginning. */
  @Field(() => SafeInt) shownBytes!: number;
}

/** Who has an exhibit, as she was called when she took it. */
@ObjectType('Holder')
export class HolderView {
  @Field(() => String) name!: string;
  @Field(() => String) agency!: string;
}

/** An offer of an exhibit that nobody has answered. */
@ObjectType('CustodyOffer')
export class CustodyOfferView {
  @Field(() => Date) at!: Date;
  @Field(() => HolderView) by!: HolderView;
  @Field(() => String) to!: string;
}

@ObjectType('CustodyPowers')
export class CustodyPowersView {
  /** Acts that the reader may record of it as it stands. */
  @Field(() => [String]) acts!: string[];
  @Field(() => Boolean) offer!: boolean;
  @Field(() => Boolean) answer!: boolean;
  @Field(() => Boolean) withdraw!: boolean;
  /** Whether the reader may propose its disposal, and say how long it is kept. */
  @Field(() => Boolean) dispose!: boolean;
  /** Whether a proposed disposal waits for the reader's decision. */
  @Field(() => Boolean) decide!: boolean;
}

/** Another exhibit that this one came of, or that came of it. */
@ObjectType('RelatedExhibit')
export class RelatedExhibitView {
  @Field(() => ID) id!: string;
  @Field(() => String) reference!: string;
}

@ObjectType('DerivedExhibit')
export class DerivedExhibitView extends RelatedExhibitView {
  @Field(() => String) title!: string;
  @Field(() => String) relation!: string;
}

@ObjectType('BodyProof')
export class BodyProofView {
  @Field(() => Date) checkedAt!: Date;
  /** `whole`, `altered`, `missing`, or `locked` where only an agency that holds its own key can open it. */
  @Field(() => String) outcome!: string;
  /** When it was last proven whole. */
  @Field(() => Date, { nullable: true }) provenAt!: Date | null;
}

@ObjectType('MalwareScan')
export class MalwareScanView {
  /** `clean`, `infected`, `unscannable`, `waiting`, or `locked` where only an agency that holds its own key could look. */
  @Field(() => String) state!: string;
  /** Of what was found, its name; of what could not be scanned, why. */
  @Field(() => String, { nullable: true }) code!: string | null;
  @Field(() => Date, { nullable: true }) at!: Date | null;
  /** Why the exhibit is kept sealed; null where it is not. */
  @Field(() => String, { nullable: true }) sealed!: string | null;
  /** Where who may review what is kept sealed opens it. */
  @Field(() => String, { nullable: true }) reviewPath!: string | null;
}

@ObjectType('Exhibit')
export class ExhibitView {
  @Field(() => ID) id!: string;
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) reference!: string;
  @Field(() => String) title!: string;
  @Field(() => String) description!: string;
  /** `file`, or `physical`: a thing, of which nothing is said that is said of a file. */
  @Field(() => String) form!: string;
  @Field(() => String, { nullable: true }) fileName!: string | null;
  @Field(() => String, { nullable: true }) mediaType!: string | null;
  @Field(() => SafeInt, { nullable: true }) sizeBytes!: number | null;
  @Field(() => String, { nullable: true }) sha256!: string | null;
  /** How it came of another: `working-copy`, `redacted`, `photograph`, `taken-out`. */
  @Field(() => String, { nullable: true }) relation!: string | null;
  /** The exhibit it came of, where the reader sees that one. */
  @Field(() => RelatedExhibitView, { nullable: true }) derivedFrom!: RelatedExhibitView | null;
  @Field(() => [DerivedExhibitView]) derived!: DerivedExhibitView[];
  @Field(() => MarkingView) marking!: MarkingView;
  @Field(() => String) producedBy!: string;
  @Field(() => AgencyName) agency!: AgencyName;
  @Field(() => Date) depositedAt!: Date;
  /** Path of a copy sealed to the key of the reader's agency; with `?form=outside` for programs that do not read SEIPDv2. */
  @Field(() => String, { nullable: true }) sealedPath!: string | null;
  /** False: the reader's agency holds its own key, and only it can open the exhibit. */
  @Field(() => Boolean) opensHere!: boolean;
  /** Null for kinds of files that are not shown in the page. */
  @Field(() => ExhibitPreviewView, { nullable: true }) preview!: ExhibitPreviewView | null;
  /** Path of the file on this portal. */
  @Field(() => String, { nullable: true }) contentPath!: string | null;
  /** Null: nobody in this investigation has it. */
  @Field(() => HolderView, { nullable: true }) holder!: HolderView | null;
  @Field(() => String, { nullable: true }) seal!: string | null;
  @Field(() => String, { nullable: true }) location!: string | null;
  @Field(() => CustodyOfferView, { nullable: true }) offer!: CustodyOfferView | null;
  @Field(() => [HoldView]) holds!: HoldView[];
  /** The latest that was proposed. */
  @Field(() => DisposalView, { nullable: true }) disposal!: DisposalView | null;
  @Field(() => RetentionView, { nullable: true }) retention!: RetentionView | null;
  @Field(() => CustodyPowersView) can!: CustodyPowersView;
  /** What reading the sealed file again last found; null before the first time. */
  @Field(() => BodyProofView, { nullable: true }) proof!: BodyProofView | null;
  /** What looking for malware came to; null where exhibits are not scanned. */
  @Field(() => MalwareScanView, { nullable: true }) scan!: MalwareScanView | null;
  @Field(() => [CustodyEventView]) custody!: CustodyEventView[];
}

/** What the reader's agency keeps in an investigation, uploads under way included, and the most it may. */
@ObjectType('EvidenceRoom')
class EvidenceRoomView {
  @Field(() => Int) files!: number;
  @Field(() => SafeInt) bytes!: number;
  @Field(() => Int) mostFiles!: number;
  @Field(() => SafeInt) mostBytes!: number;
}

@ObjectType('ExhibitConnection')
export class ExhibitConnectionView {
  @Field(() => [ExhibitView]) nodes!: ExhibitView[];
  @Field(() => EvidenceRoomView, { nullable: true }) room!: EvidenceRoomView | null;
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

@ObjectType('UploadTicket')
export class UploadTicketView {
  @Field(() => ID) id!: string;
  /** `waiting`, `done`, `failed` or `expired`. */
  @Field(() => String) state!: string;
  @Field(() => String) reference!: string;
  /** For tus 1.0: HEAD asks how far it is, PATCH sends the next part. */
  @Field(() => String) uploadPath!: string;
  /** For a plain form: multipart/form-data with the fields `csrf` and `file`, in this order. */
  @Field(() => String) formPath!: string;
  @Field(() => SafeInt) offset!: number;
  @Field(() => SafeInt, { nullable: true }) sizeBytes!: number | null;
  @Field(() => SafeInt) limitBytes!: number;
  @Field(() => Date) expiresAt!: Date;
  /** The exhibit it became, if its person may still see it. */
  @Field(() => ID, { nullable: true }) exhibitId!: string | null;
}

export const RequestUploadResult = createUnionType({
  name: 'RequestUploadResult',
  types: () => [UploadTicketView, Refused] as const,
  resolveType: (value: object) => ('code' in value ? Refused : UploadTicketView),
});

/** The exhibit whose chain of custody has one line more. */
@ObjectType('CustodyRecorded')
export class CustodyRecordedView extends RelatedExhibitView {}

export const CustodyResult = createUnionType({
  name: 'CustodyResult',
  types: () => [CustodyRecordedView, Refused] as const,
  resolveType: (value: object) => ('code' in value ? Refused : CustodyRecordedView),
});
