// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type RequestUploadData = { readonly requestUpload: ({ readonly __typename: 'Refused'; } & RefusedParts) | ({ readonly __typename: 'UploadTicket'; } & { readonly id: string; readonly reference: string; readonly uploadPath: string; }); };

export type RequestUploadVariables = { readonly input: { readonly derivedFrom?: string | null; readonly description: string; readonly fileName?: string | null; readonly marking: { readonly descriptors?: readonly string[]; readonly handling?: readonly string[]; readonly releasableTo?: readonly string[] | null; readonly sensitive: boolean; }; readonly relation?: string | null; readonly sha256?: string | null; readonly sizeBytes?: number | null; readonly title: string; readonly workspaceId: string; }; };

export const requestUploadDocument: Document<RequestUploadData, RequestUploadVariables> = {
  id: 'de9aad1fd4420894e8e46a3aa3204d0a5fb62ebfccb0ad1782e689b5c7b91c39',
  text: `mutation RequestUpload($input: RequestUploadInput!) {
  requestUpload(input: $input) {
    __typename
    ... on UploadTicket {
      id
      reference
      uploadPath
    }
    ... on Refused {
      ...RefusedParts
    }
  }
}

fragment RefusedParts on Refused {
  code
  message
  faults {
    field
    message
  }
}`,
};
