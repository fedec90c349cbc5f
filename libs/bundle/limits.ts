/** How many characters may be said of a bundle: for whom it is, and why it is made. */
export const MOST_SAID = { recipients: 200, reason: 500 } as const;
