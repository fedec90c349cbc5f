import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AgencyName } from '../../platform/graphql/index.js';

/** What somebody's roles let her try, so that pages offer nothing that would be refused. */
@ObjectType()
export class MyPowers {
  @Field(() => Boolean) openWorkspace!: boolean;
  @Field(() => Boolean) acknowledgeAlerts!: boolean;
  @Field(() => Boolean) seeCases!: boolean;
  @Field(() => Boolean) audit!: boolean;
  @Field(() => Boolean) administer!: boolean;
  /** Ask colleagues of one's agency to explain unusual reads, and close what was explained. */
  @Field(() => Boolean) manageUse!: boolean;
}

/** A certificate that an agency's identity provider signs with. Two while it rolls its key over. */
@ObjectType()
export class SigningCertificate {
  @Field(() => String) subject!: string;
  /** SHA-256, upper-case hexadecimal with colons. */
  @Field(() => String) fingerprint!: string;
  @Field(() => Date) validFrom!: Date;
  @Field(() => Date) validTo!: Date;
  /** `not-yet-valid`, `valid`, `ends-soon` (within 30 days) or `expired`. */
  @Field(() => String) state!: string;
}

/** What an agency's people sign in with. */
@ObjectType()
export class IdentityProvider {
  @Field(() => AgencyName) agency!: AgencyName;
  @Field(() => String) entityId!: string;
  @Field(() => Boolean) offersSignOut!: boolean;
  @Field(() => Date) importedAt!: Date;
  @Field(() => [SigningCertificate]) certificates!: SigningCertificate[];
}

/** Whoever asks. */
@ObjectType()
export class Me {
  @Field(() => ID) id!: string;
  @Field(() => String) displayName!: string;
  @Field(() => String, { nullable: true }) email!: string | null;
  @Field(() => String) initials!: string;
  @Field(() => AgencyName) agency!: AgencyName;
  @Field(() => String) agencyKind!: string;
  @Field(() => [String]) roles!: string[];
  @Field(() => Date) sessionExpiresAt!: Date;
  @Field(() => Int) idleSeconds!: number;
  @Field(() => MyPowers) can!: MyPowers;
}
