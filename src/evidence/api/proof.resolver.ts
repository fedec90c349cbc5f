import { Args, createUnionType, Field, Float, ID, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { Refused, refused, RefusedQuery } from '../../platform/graphql/index.js';
import { ProveExhibit } from '../commands/prove-exhibit.js';
import { ExhibitProof } from '../queries/exhibit-proof.js';
import { KeptView } from './keeping.views.js';

/** How a sealed exhibit was last found, and how far a reading is that an auditor asked for. */
@ObjectType('ExhibitProof')
class ExhibitProofView {
  @Field(() => Float) sizeBytes!: number;
  /** When its sealed body was last read to its end, whoever asked; null before the first time. */
  @Field(() => Date, { nullable: true }) checkedAt!: Date | null;
  @Field(() => String, { nullable: true }) found!: string | null;
  @Field(() => Date, { nullable: true }) provenAt!: Date | null;
  /** Null: no auditor has asked yet. */
  @Field(() => String, { nullable: true }) askedBy!: string | null;
  @Field(() => Date, { nullable: true }) askedAt!: Date | null;
  @Field(() => Float, { nullable: true }) readBytes!: number | null;
  /** Null: it is not read to its end yet. */
  @Field(() => Date, { nullable: true }) endedAt!: Date | null;
  /** `whole`, `altered`, `missing`, or `locked` where only agencies can open it. */
  @Field(() => String, { nullable: true }) outcome!: string | null;
}

const ProofResult = createUnionType({
  name: 'ProofResult',
  types: () => [KeptView, Refused] as const,
  resolveType: (value: object) => ('code' in value ? Refused : KeptView),
});

/** Reading one exhibit again for an auditor, who does not see what is in it. */
@Resolver()
export class ProofResolver {
  constructor(
    private readonly proofs: ExhibitProof,
    private readonly prove: ProveExhibit,
  ) {}

  @Verb('proof.follow')
  @Query(() => ExhibitProofView, { nullable: true })
  async exhibitProof(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<ExhibitProofView | null> {
    const found = await this.proofs.find(context, id);
    if (!found.ok) throw new RefusedQuery(found.error);
    return found.value ?? null;
  }

  @Verb('exhibit.prove')
  @Mutation(() => ProofResult)
  async proveExhibit(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<KeptView | Refused> {
    const done = await this.prove.execute(context, id);
    return done.ok ? { id: done.value } : refused(done.error);
  }
}
