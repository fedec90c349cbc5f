import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AgencyName, MarkingView, PageInfo, Refused, SafeInt } from '../../platform/graphql/index.js';

@ObjectType('CustodyEvent')
export class CustodyEventView {
  @Field(() => Int) seq!: number;
  @Field(() => String) act!: string;
  @Field(() => Date) at!: Date;
  @Field(() => String) by!: string;
  @Field(() => String) agency!: string;
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

@ObjectType('Exhibit')
export class ExhibitView {
  @Field(() => ID) id!: string;
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) reference!: string;
  @Field(() => String) title!: string;
  @Field(() => String) description!: string;
  @Field(() => String) fileName!: string;
  @Field(() => String) mediaType!: string;
  @Field(() => SafeInt) sizeBytes!: number;
  @Field(() => String) sha256!: string;
  @Field(() => MarkingView) marking!: MarkingView;
  @Field(() => String) producedBy!: string;
  @Field(() => AgencyName) agency!: AgencyName;
  @Field(() => Date) depositedAt!: Date;
  /** Path of the file on this portal. */
  @Field(() => String) contentPath!: string;
  /** Path of a copy sealed to the key of the reader's agency; with `?form=outside` for programs that do not read SEIPDv2. */
  @Field(() => String) sealedPath!: string;
  /** False: the reader's agency holds its own key, and only it can open the exhibit. */
  @Field(() => Boolean) opensHere!: boolean;
  /** Null for kinds of files that are not shown in the page. */
  @Field(() => ExhibitPreviewView, { nullable: true }) preview!: ExhibitPreviewView | null;
  @Field(() => [CustodyEventView]) custody!: CustodyEventView[];
}

@ObjectType('ExhibitConnection')
export class ExhibitConnectionView {
  @Field(() => [ExhibitView]) nodes!: ExhibitView[];
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
