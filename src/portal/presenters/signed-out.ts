import type { SignOutNotice } from '../../platform/http/index.js';
import { paths } from '../paths.js';

/** The page after signing out. */
export interface SignedOutView {
  readonly title: string;
  readonly words: string;
  /** The agency's name, where it plays a part. */
  readonly agency?: string;
  /** Where the browser goes on to by itself, to sign out at the agency too. */
  readonly next?: string;
}

const SHARED_COMPUTER = 'On a shared computer, close the browser.';
const OUT_HERE = 'You are signed out of Concordat';

/** What has ended, and nothing that is not known: `agency` is the name of the one the notice is about. */
export function signedOutView({ state, agencyCode }: SignOutNotice, agency: string): SignedOutView {
  const there = `${agency}’s sign-in`;
  switch (state) {
    case 'confirmed':
      return { title: `${OUT_HERE} and of ${there}`, words: `${agency} has confirmed that your session there has ended too.`, agency };
    case 'asking':
      return { title: OUT_HERE, words: `Your session here has ended. We are now asking ${there} to sign you out there too.`, agency, next: paths.agencySignOut.to({ agency: agencyCode }) };
    case 'unconfirmed':
      return { title: OUT_HERE, words: `Your session here has ended. We could not confirm that you are signed out of ${there} too. ${SHARED_COMPUTER}`, agency };
    case 'only-here':
      return { title: OUT_HERE, words: `Only your session here has ended: ${there} cannot be signed out of from here, so you may still be signed in there. ${SHARED_COMPUTER}`, agency };
  }
}

/** When it is not known which session ended, or whether one did. */
export const NOBODY_SIGNED_IN: SignedOutView = {
  title: 'You are not signed in to Concordat',
  words: `You may still be signed in with your agency. ${SHARED_COMPUTER}`,
};
