export { csrfToken, isCsrfToken } from './csrf.js';
export { SignInNeeded } from './sign-in-needed.js';
export { requestContext, type RequestFacts } from './verb.js';
