export { Cursors, type CursorPosition } from './cursors.js';
export { GraphqlPort } from './graphql-port.js';
export { EMPTY_PAGE, openPage, type OpenPage, type PageRequest } from './page.js';
export { parse } from './parse.js';
export { RefusedQuery, shownOrNull } from './refused-query.js';
export { SafeInt } from './scalars.js';
export { textSchema } from './text-schema.js';
export { TrustedDocuments } from './trusted-documents.js';
export { AgencyName, MarkingInput, MarkingView, PageInfo, Refused, refused } from './types.js';
