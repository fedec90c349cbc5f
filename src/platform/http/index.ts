export { bears } from './bearer.js';
export { csrfToken, isCsrfToken } from './csrf.js';
export { REFUSAL_HEADERS, refusalPage } from './refusal-page.js';
export { SignInNeeded } from './sign-in-needed.js';
export { leaveSignOutNotice, takeSignOutNotice, type SignOutNotice } from './sign-out-notice.js';
export { requestContext, type RequestFacts } from './verb.js';
